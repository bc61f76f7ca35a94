package dev.remit.core.identity;

import dev.remit.core.tenant.TenantId;
import java.util.Set;

/**
 * A workload outside that mirrors or watches logs (a monitor in the words of RFC 9162), as the
 * workspace describes it: its identity and the tenants whose logs it may read. Empty means none.
 *
 * @param name a lower-case slug
 */
public record LogReader(String name, String owner, WorkloadProof proof, Set<TenantId> tenants) {

  public LogReader {
    tenants = Set.copyOf(tenants);
  }
}
