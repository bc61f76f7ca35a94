package dev.remit.core.lease;

import dev.remit.core.target.ConnectorId;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.Optional;

/**
 * A credential that will exist for one action or for the reads of one task; stored with its end
 * before it is made.
 *
 * @param principal the name at the target, derived by keyed digest from installation and lease
 * @param task the task whose reads it serves; absent when it is for one action
 * @param scope what it may do, in the broker's own terms
 * @param end when it must be gone; a target that can expire credentials is told this
 * @param replica which process holds it
 */
public record Lease(
    LeaseId id,
    TenantId tenant,
    ConnectorId connector,
    String principal,
    Optional<TaskId> task,
    Value.Obj scope,
    Instant end,
    String replica,
    State state) {

  /** Whether it is past its end and not proven gone. */
  public boolean isExposedAt(Instant instant) {
    return state != State.REVOKED && !instant.isBefore(end);
  }

  /** Where a lease stands. Only {@code INTENDED} and {@code REVOKED} must be durable. */
  public enum State {
    INTENDED,
    ISSUED,
    REVOKING,
    REVOKED
  }
}
