package dev.remit.server.sink;

import dev.remit.core.tenant.TenantId;
import java.util.Set;

/**
 * One way out of events.
 *
 * @param name what cursors are kept under: another name begins at the first entry
 * @param tenants whose events go there; none named means all, the operator's log with them
 * @param receiver who takes them
 */
public record SinkSettings(String name, Set<TenantId> tenants, Receiver receiver) {

  public SinkSettings {
    tenants = Set.copyOf(tenants);
  }
}
