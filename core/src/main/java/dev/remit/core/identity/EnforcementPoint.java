package dev.remit.core.identity;

import dev.remit.core.tenant.TenantId;
import java.util.Set;

/**
 * A workload outside that enforces what policy says (a PEP in the words of AuthZEN), as the
 * workspace describes it: its identity and the tenants it may ask about. Empty means none.
 */
public record EnforcementPoint(
    EnforcementPointId id, String owner, WorkloadProof proof, Set<TenantId> tenants) {

  public EnforcementPoint {
    tenants = Set.copyOf(tenants);
  }
}
