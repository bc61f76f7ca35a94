package dev.remit.core.flow;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.identity.Person;
import dev.remit.core.kill.KillOrder;
import dev.remit.core.kill.KillScope;
import dev.remit.core.task.Task;
import java.util.List;

/**
 * How people stop what runs, and how it goes on again.
 *
 * <p>Whoever operates stops anything; an approver of a client stops that client's tenant. Stopping
 * needs no second person, going on does: a lift is a proposal that somebody else answers. What a
 * client stopped only approvers of that client let go on.
 */
public interface KillSwitch {

  /** Whoever stopped everything because the data came back from a backup. */
  String RESTORE = "remit restore";

  /** Stops everything under the scope, durably, before it returns. */
  Stopped stop(Person person, KillScope scope, KillOrder.Mode mode, String reason);

  /** Stops it for good: the tasks under it end. */
  default Stopped kill(Person person, KillScope scope, String reason) {
    return stop(person, scope, KillOrder.Mode.KILL, reason);
  }

  /** Asks that a kill be lifted. */
  Lift askToLift(Person person, KillScope scope, String reason);

  /** What became of a kill. */
  sealed interface Stopped {}

  /** It is stopped; these tasks ended with it. */
  record Done(List<Task> closed) implements Stopped {
    public Done {
      closed = List.copyOf(closed);
    }
  }

  /**
   * It is not.
   *
   * @param why in words for the person
   */
  record NotStopped(String why) implements Stopped {}

  /** What became of the wish to lift. */
  sealed interface Lift {}

  /** Somebody else has to answer. */
  record Asked(ProposalId proposal) implements Lift {}

  /**
   * Nobody was asked.
   *
   * @param why in words for the person
   */
  record NotAsked(String why) implements Lift {}
}
