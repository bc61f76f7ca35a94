package dev.remit.core.kill;

import dev.remit.core.approval.Proposal;
import dev.remit.core.evidence.Entry;
import dev.remit.core.task.Task;
import java.time.Instant;
import java.util.List;

/**
 * The kill switch, ordered by the database: once {@link #order} returned, no intent under the scope
 * commits on any replica.
 */
public interface Kills {

  /** Orders the stop; the tasks that a kill ended under it are the answer. */
  List<Task> order(KillOrder order);

  /** Orders a kill that one log is told of. */
  default List<Task> order(KillScope scope, String by, String reason, Instant at, Entry entry) {
    return order(KillOrder.kill(scope, by, reason, at, entry));
  }

  /** Kills and holds in force. */
  List<Active> active();

  /**
   * Lifts every stop of exactly this scope that was ordered before people were asked, and consumes
   * the proposal that they granted; tasks that a kill ended stay closed.
   *
   * @param told for the logs of tenants; those that were told of the stop are told of its lift
   * @return false when the proposal is not open any more
   */
  boolean lift(
      KillScope scope,
      Proposal proposal,
      Instant at,
      Entry resolution,
      Entry entry,
      List<Entry> told);

  /** One stop in force. */
  record Active(KillScope scope, KillOrder.Mode mode, String by, String reason, Instant at) {

    /** A kill. */
    public Active(KillScope scope, String by, String reason, Instant at) {
      this(scope, KillOrder.Mode.KILL, by, reason, at);
    }

    /** Whether it covers work that lists these scopes. */
    public boolean covers(List<String> scopes) {
      return scopes.contains(scope.text());
    }
  }
}
