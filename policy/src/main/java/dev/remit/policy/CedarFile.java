package dev.remit.policy;

import dev.remit.core.tenant.TenantId;
import java.util.Optional;

/**
 * A file of hand-written Cedar policies.
 *
 * @param tenant the tenant of a file of layer {@link Layer#TENANT}
 */
public record CedarFile(String name, Layer layer, Optional<TenantId> tenant, String text) {
  public CedarFile {
    if (tenant.isPresent() != (layer == Layer.TENANT)) {
      throw new IllegalStateException("exactly the files of one tenant name a tenant");
    }
  }

  /** A file for all tenants. */
  public static CedarFile of(String name, Layer layer, String text) {
    return new CedarFile(name, layer, Optional.empty(), text);
  }
}
