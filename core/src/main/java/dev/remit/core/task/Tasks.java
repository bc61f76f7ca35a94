package dev.remit.core.task;

import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The store of tasks. State changes and their evidence commit together through {@code
 * dev.remit.core.evidence.CallLedger}; this port reads.
 */
public interface Tasks {

  /** The task of this tenant with this name, in its state of the moment. */
  Optional<Task> find(TenantId tenant, TaskId id);

  /** Open tasks that this instance opened or accepted. */
  List<Task> openOf(AgentId agent, InstanceId instance);

  /** Tasks past their deadline that are still open, over all tenants. */
  List<Task> overdue(Instant at);

  /** Tasks of a tenant, newest first, at most {@code limit}. */
  List<Task> list(TenantId tenant, int limit);

  /** Live tasks that were delegated from this one, at whatever depth; parents come first. */
  List<Task> liveBelow(TenantId tenant, TaskId id);

  /**
   * Tasks that were delegated from this one, at whatever depth, also when they are over; parents
   * come before their children. At most {@code limit}.
   */
  List<Task> below(TenantId tenant, TaskId id, int limit);

  /** Usage so far, for people's eyes: calls of the task. */
  Value.Obj usage(TenantId tenant, TaskId id);
}
