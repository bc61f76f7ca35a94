package dev.remit.core.oversight;

import dev.remit.core.call.CallId;
import dev.remit.core.execution.Outcome;
import dev.remit.core.identity.Grade;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Instant;

/**
 * One executed effect that an overseer looks at.
 *
 * @param digest of the leaf that tells of the outcome, as the log hashes it (RFC 6962, section 2.1)
 * @param shown what a page shows of it: agent, tool, targets, ticket; from the intent's leaf
 * @param dueAt when it is overdue
 * @param isCounted whether no level falls by it any more: it did, or somebody looked at it
 */
public record Item(
    TenantId tenant,
    CallId call,
    AutonomyScope scope,
    Grade grade,
    Outcome outcome,
    String digest,
    Value.Obj shown,
    Involved involved,
    Instant at,
    Instant dueAt,
    State state,
    boolean isCounted) {

  /** What became of it. */
  public enum State {
    OPEN,
    CERTIFIED,
    OBJECTED
  }

  /** Whether nobody looked at it in time. */
  public boolean isOverdueAt(Instant instant) {
    return state == State.OPEN && !instant.isBefore(dueAt);
  }

  /** The same after somebody looked at it, or after it was counted. */
  public Item in(State next, boolean counted) {
    return new Item(
        tenant, call, scope, grade, outcome, digest, shown, involved, at, dueAt, next, counted);
  }
}
