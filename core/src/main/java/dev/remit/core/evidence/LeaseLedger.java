package dev.remit.core.evidence;

import dev.remit.core.lease.Lease;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The store of leases. New ones come by {@code CallLedger.admit} only. */
public interface LeaseLedger {

  /** Leases not proven gone that serve this task. */
  List<Lease> ofTask(TenantId tenant, TaskId task);

  /** Leases not proven gone, oldest end first, over all tenants. */
  List<Lease> unfinished();

  /** Principals of this connector that have a lease not proven gone. */
  Set<String> livePrincipals(ConnectorId connector);

  /** Says that a lease is proven gone; false when that was known already. */
  boolean revoked(Lease lease, Instant at, Entry entry);
}
