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

  /** Orders the kill and closes the tasks under it; these are the answer. */
  List<Task> order(KillScope scope, String by, String reason, Instant at, Entry entry);

  /** Kills in force. */
  List<Active> active();

  /**
   * Lifts every kill of exactly this scope that was ordered before people were asked, and consumes
   * the proposal that they granted; tasks stay closed.
   *
   * @return false when the proposal is not open any more
   */
  boolean lift(KillScope scope, Proposal proposal, Instant at, Entry resolution, Entry entry);

  /** One kill in force. */
  record Active(KillScope scope, String by, String reason, Instant at) {}
}
