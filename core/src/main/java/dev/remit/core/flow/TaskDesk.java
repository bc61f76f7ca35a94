package dev.remit.core.flow;

import dev.remit.core.call.CallId;
import dev.remit.core.evidence.CallLedger.Unknown;
import dev.remit.core.execution.Outcome;
import dev.remit.core.identity.Person;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * What people who operate do with tasks and with what agents left behind.
 *
 * <p>Nothing here makes an effect or widens anything: a task that goes on may do what it might do
 * before, until the same deadline.
 */
public interface TaskDesk {

  /** Holds an open task: it admits nothing, and what of it runs is cut. */
  Turned hold(Person person, TenantId tenant, TaskId task, String reason);

  /** Lets a held task go on. */
  Turned goOn(Person person, TenantId tenant, TaskId task, String reason);

  /**
   * Takes a task from its agent for good: it ends, with all that it held. Where the workspace lets
   * this person work on its class, a task of the person's own goes on in its place.
   */
  Turned takeOver(Person person, TenantId tenant, TaskId task, String reason);

  /** Ends a task, whoever works on it; {@code state} is done or failed. */
  Turned close(Person person, TenantId tenant, TaskId task, Task.State state, String reason);

  /** Calls that may have happened, about which nobody has found out yet; the oldest first. */
  List<Unknown> unknown(Person person, int limit);

  /**
   * Says what a person found out about a call whose outcome is unknown. The outcome stays; this is
   * linked to it.
   *
   * @param found what became of it; never unknown
   * @param how where the person looked
   */
  Turned resolve(Person person, TenantId tenant, CallId call, Outcome found, String how);

  /** What became of it. */
  sealed interface Turned {}

  /** It is so now. */
  record Done(Task.State state) implements Turned {}

  /**
   * The task is taken over.
   *
   * @param own the task that goes on under the person's name
   * @param why there is none, in words for the person
   */
  record TakenOver(Optional<TaskId> own, String why) implements Turned {}

  /** It is written down. */
  record Noted() implements Turned {}

  /**
   * It is as it was.
   *
   * @param why in words for the person
   */
  record NotDone(String why) implements Turned {}
}
