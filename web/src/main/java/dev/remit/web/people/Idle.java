package dev.remit.web.people;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.call.CallId;
import dev.remit.core.call.Tool;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.CallLedger.Unknown;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Outcome;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.KillSwitch;
import dev.remit.core.flow.OwnCalls;
import dev.remit.core.flow.TaskDesk;
import dev.remit.core.flow.TaskResult;
import dev.remit.core.identity.Person;
import dev.remit.core.kill.KillOrder;
import dev.remit.core.kill.KillScope;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskClass;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.Optional;

/** A desk where nobody works: everything stays as it is. */
final class Idle implements KillSwitch, TaskDesk, OwnCalls {

  private static final String WHY = "this server does not do that";

  @Override
  public Stopped stop(Person person, KillScope scope, KillOrder.Mode mode, String reason) {
    return new NotStopped(WHY);
  }

  @Override
  public Lift askToLift(Person person, KillScope scope, String reason) {
    return new NotAsked(WHY);
  }

  @Override
  public Turned hold(Person person, TenantId tenant, TaskId task, String reason) {
    return new NotDone(WHY);
  }

  @Override
  public Turned goOn(Person person, TenantId tenant, TaskId task, String reason) {
    return new NotDone(WHY);
  }

  @Override
  public Turned takeOver(Person person, TenantId tenant, TaskId task, String reason) {
    return new NotDone(WHY);
  }

  @Override
  public Turned close(
      Person person, TenantId tenant, TaskId task, Task.State state, String reason) {
    return new NotDone(WHY);
  }

  @Override
  public List<TaskClass> taskClasses(Seat seat) {
    return List.of();
  }

  @Override
  public TaskResult open(Seat seat, Wish wish) {
    return new TaskResult.Refused(ReasonCode.NO_PERMIT, WHY);
  }

  @Override
  public TaskResult task(Seat seat, TaskId task) {
    return new TaskResult.NotFound();
  }

  @Override
  public List<Tool> tools(Seat seat, TaskId task) {
    return List.of();
  }

  @Override
  public CallResult call(
      Seat seat, TaskId task, String tool, Value.Obj arguments, Optional<String> key, Cut cut) {
    return new CallResult.UnknownTool(tool);
  }

  @Override
  public CallResult resume(Seat seat, ProposalId handle, Cut cut) {
    return new CallResult.Refused(new CallId("none"), ReasonCode.APPROVAL_INSUFFICIENT);
  }

  @Override
  public List<Unknown> unknown(Person person, int limit) {
    return List.of();
  }

  @Override
  public Turned resolve(Person person, TenantId tenant, CallId call, Outcome found, String how) {
    return new NotDone(WHY);
  }
}
