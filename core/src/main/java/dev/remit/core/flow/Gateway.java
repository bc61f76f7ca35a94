package dev.remit.core.flow;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.call.CallRequest;
import dev.remit.core.call.Tool;
import dev.remit.core.delegation.DelegationRequest;
import dev.remit.core.execution.Cut;
import dev.remit.core.identity.Caller;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the machines' wires may ask for. Wires translate; every decision is behind this.
 *
 * <p>Methods block for as long as the call takes. They throw {@link
 * dev.remit.core.value.InvalidValueException} for wrong input; the world failing is a {@code
 * Refused} result, never an exception that a wire must understand.
 */
public interface Gateway {

  /** Tools not denied to this caller for every argument, sorted by name. */
  List<Tool> tools(Caller.Agent caller);

  /** Makes a call; {@code cut} is triggered by the wire when the client cancels. */
  CallResult call(CallRequest request, Cut cut);

  /** Runs the stored call of a handle if people granted it; says where it stands otherwise. */
  CallResult resume(Caller.Agent caller, ProposalId handle, Cut cut);

  /**
   * The same, but while people have not answered it waits for them, about so long at most, and goes
   * on as soon as they have; a cut ends the wait.
   */
  default CallResult resume(Caller.Agent caller, ProposalId handle, Cut cut, Duration patience) {
    return resume(caller, handle, cut);
  }

  /** Opens a task. */
  TaskResult openTask(TaskRequest request);

  /**
   * Hands a part of the caller's task to another agent: a task below it, that may do no more than
   * both may, and that ends with it.
   */
  TaskResult delegate(DelegationRequest request);

  /** The task as it stands, for its agent or the orchestrator that may open its class. */
  TaskResult task(Caller caller, TaskId id);

  /**
   * The open task of this agent, bound to the caller's instance if it was bound to none; not found
   * otherwise.
   */
  TaskResult takeTask(Caller.Agent caller, TaskId id);

  /** Ends a task as done or failed; its handle is dead and its credentials are gone afterwards. */
  TaskResult closeTask(Caller caller, TaskId id, Task.State state);

  /**
   * Hands a task to people, with its trail: it is held and admits nothing until a person lets it go
   * on or takes it over.
   *
   * @param reason why, in the agent's words; kept as a redacted excerpt
   */
  TaskResult escalate(Caller.Agent caller, TaskId id, String reason);

  /** Open tasks of this caller's instance, newest first. */
  List<Task> openTasks(Caller.Agent caller);

  /**
   * When people were asked about what this handle is of; empty for one that is not the caller's.
   */
  Optional<Instant> askedAt(Caller.Agent caller, ProposalId handle);

  /**
   * Takes back what of the caller's own waits for people, or was granted and is not used: nobody is
   * asked any more, and it never runs. What runs, ran or is over stays as it is.
   *
   * @return false for a handle that is not the caller's
   */
  boolean takeBack(Caller.Agent caller, ProposalId handle);

  /** Asks people about several calls as one; nothing is sent. */
  CallResult proposePlan(PlanRequest request);
}
