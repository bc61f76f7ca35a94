package dev.remit.web;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.call.CallId;
import dev.remit.core.evidence.CallLedger.Unknown;
import dev.remit.core.execution.Outcome;
import dev.remit.core.flow.KillSwitch;
import dev.remit.core.flow.TaskDesk;
import dev.remit.core.identity.Person;
import dev.remit.core.kill.KillOrder;
import dev.remit.core.kill.KillScope;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** An operator's desk that remembers who did what; of tasks it knows `task-1` alone. */
final class FakeOperating implements KillSwitch, TaskDesk {

  final List<String> done = new CopyOnWriteArrayList<>();

  @Override
  public Stopped stop(Person person, KillScope scope, KillOrder.Mode mode, String reason) {
    done.add(mode.text() + " " + scope.text() + " by " + person.id().text());
    return new KillSwitch.Done(List.of(Samples.task("task-1")));
  }

  @Override
  public Lift askToLift(Person person, KillScope scope, String reason) {
    done.add("lift " + scope.text() + " by " + person.id().text());
    return new Asked(new ProposalId("lift-1"));
  }

  @Override
  public Turned hold(Person person, TenantId tenant, TaskId task, String reason) {
    return turned("hold", task, Task.State.HELD);
  }

  @Override
  public Turned goOn(Person person, TenantId tenant, TaskId task, String reason) {
    return turned("resume", task, Task.State.OPEN);
  }

  @Override
  public Turned takeOver(Person person, TenantId tenant, TaskId task, String reason) {
    return turned("take over", task, Task.State.TAKEN_OVER) instanceof NotDone no
        ? no
        : new TakenOver(Optional.of(new TaskId("own-1")), "");
  }

  @Override
  public Turned close(
      Person person, TenantId tenant, TaskId task, Task.State state, String reason) {
    return turned("close", task, state);
  }

  private Turned turned(String what, TaskId task, Task.State state) {
    if (!task.value().equals("task-1")) {
      return new NotDone("there is no such task");
    }
    done.add(what + " " + task);
    return new TaskDesk.Done(state);
  }

  @Override
  public List<Unknown> unknown(Person person, int limit) {
    return List.of(
        new Unknown(
            new CallId("call-1"), Samples.AGENT.tenant(), Optional.of("task-1"), Samples.NOW));
  }

  @Override
  public Turned resolve(Person person, TenantId tenant, CallId call, Outcome found, String how) {
    done.add("resolve " + call.value() + " " + found.text());
    return new Noted();
  }
}
