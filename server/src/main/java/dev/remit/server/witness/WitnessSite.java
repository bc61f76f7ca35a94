package dev.remit.server.witness;

import dev.remit.core.tenant.TenantId;
import dev.remit.log.CosignatureVerifier;
import java.net.URI;
import java.util.Set;

/**
 * A witness as the server's own configuration lists it.
 *
 * @param key of the witness, which came another way than over its address
 * @param prefix where it takes checkpoints
 * @param tenants whose logs it is shown; empty means all, the operator log too
 */
public record WitnessSite(CosignatureVerifier key, URI prefix, Set<TenantId> tenants) {

  public WitnessSite {
    tenants = Set.copyOf(tenants);
  }

  /** The name under which its cosignatures are kept. */
  String name() {
    return key.name().value();
  }

  boolean isShown(TenantId tenant) {
    return tenants.isEmpty() || tenants.contains(tenant);
  }
}
