package dev.remit.core.flow;

import dev.remit.core.call.CallId;
import dev.remit.core.evidence.CallLedger.Unknown;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Settlement;
import dev.remit.core.execution.Outcome;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonFunction;
import dev.remit.core.release.Release;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.Optional;

/** Tasks in the hands of people who operate. */
final class OperatorDesk implements TaskDesk {

  private static final int LONGEST_REASON = 1_000;

  private final Ports ports;
  private final Entries entries;
  private final TaskEnd taskEnd;
  private final OwnCallDesk ownCalls;

  OperatorDesk(Ports ports, Entries entries, TaskEnd taskEnd, OwnCallDesk ownCalls) {
    this.ownCalls = ownCalls;
    this.ports = ports;
    this.entries = entries;
    this.taskEnd = taskEnd;
  }

  @Override
  public Turned hold(Person person, TenantId tenant, TaskId id, String reason) {
    return turn(person, tenant, id, reason, Entry.Kind.TASK_HELD, Task.State.OPEN, Task.State.HELD);
  }

  @Override
  public Turned goOn(Person person, TenantId tenant, TaskId id, String reason) {
    return turn(
        person, tenant, id, reason, Entry.Kind.TASK_RESUMED, Task.State.HELD, Task.State.OPEN);
  }

  private Turned turn(
      Person person,
      TenantId tenant,
      TaskId id,
      String reason,
      Entry.Kind kind,
      Task.State from,
      Task.State to) {
    var objection = objection(person, tenant, reason);
    if (objection.isPresent()) {
      return new NotDone(objection.get());
    }
    var task = ports.tasks().find(tenant, id);
    var entry =
        entries.ofTask(kind, tenant, id, ports.clock().instant(), by(person), Words.body(reason));
    return task.filter(one -> taskEnd.turn(one, from, to, entry)).isPresent()
        ? new Done(to)
        : new NotDone("there is no such task that could be turned so");
  }

  @Override
  public Turned takeOver(Person person, TenantId tenant, TaskId id, String reason) {
    var objection = objection(person, tenant, reason);
    if (objection.isPresent()) {
      return new NotDone(objection.get());
    }
    var task =
        ports
            .tasks()
            .find(tenant, id)
            .filter(one -> one.state() == Task.State.OPEN || one.state() == Task.State.HELD);
    if (task.isEmpty()) {
      return new NotDone("there is no such task that goes on");
    }
    end(task.get(), Task.State.TAKEN_OVER, person, reason);
    var seat = new OwnCalls.Seat(person, tenant, ports.clock().instant());
    return switch (ownCalls.goOnWith(seat, task.get())) {
      case TaskResult.Told(Task own) -> new TakenOver(Optional.of(own.id()), "");
      case TaskResult.Refused(var ignored, String hint) -> new TakenOver(Optional.empty(), hint);
      case TaskResult.NotFound() -> new TakenOver(Optional.empty(), "it cannot be opened now");
    };
  }

  @Override
  public Turned close(Person person, TenantId tenant, TaskId id, Task.State state, String reason) {
    if (state != Task.State.DONE && state != Task.State.FAILED) {
      throw new InvalidValueException("a task is closed as `done` or `failed`");
    }
    var objection = objection(person, tenant, reason);
    if (objection.isPresent()) {
      return new NotDone(objection.get());
    }
    var task = ports.tasks().find(tenant, id).filter(one -> one.state().isLive());
    if (task.isEmpty()) {
      return new NotDone("there is no such task that goes on");
    }
    end(task.get(), state, person, reason);
    return new Done(state);
  }

  /** What a person typed stands beside the entry, where it can be erased. */
  private void end(Task task, Task.State state, Person person, String reason) {
    taskEnd.end(task, state, person.id().text(), Value.object("reason", reason));
  }

  @Override
  public List<Unknown> unknown(Person person, int limit) {
    var release = ports.releases().active().release();
    return isOperator(person, release)
        ? ports.calls().unknown(release.tenants().keySet(), limit)
        : List.of();
  }

  @Override
  public Turned resolve(Person person, TenantId tenant, CallId call, Outcome found, String how) {
    var objection = objection(person, tenant, how);
    if (objection.isPresent()) {
      return new NotDone(objection.get());
    }
    if (found == Outcome.UNKNOWN) {
      return new NotDone("say what you found: it stays unknown until somebody knows");
    }
    var unknown =
        ports.calls().unknown(java.util.Set.of(tenant), Integer.MAX_VALUE).stream()
            .filter(one -> one.call().equals(call))
            .findFirst();
    if (unknown.isEmpty()) {
      return new NotDone("there is no such call of which the outcome is unknown");
    }
    var now = ports.clock().instant();
    var entry =
        entries.ofCall(
            Entry.Kind.RESOLUTION,
            tenant,
            call,
            unknown.get().task().map(TaskId::new),
            now,
            by(person).with("outcome", Value.of(found.text())),
            Words.body(how));
    ports
        .calls()
        .settle(
            new Settlement(call, tenant, found, Optional.empty(), Optional.empty(), now, entry));
    return new Noted();
  }

  private static Value.Obj by(Person person) {
    return Value.object("by", person.id().text());
  }

  private Optional<String> objection(Person person, TenantId tenant, String reason) {
    var release = ports.releases().active().release();
    if (!isOperator(person, release) || !release.tenants().containsKey(tenant)) {
      return Optional.of("you may not operate here");
    }
    return reason.isBlank() || reason.length() > LONGEST_REASON
        ? Optional.of("say why in at most " + LONGEST_REASON + " characters")
        : Optional.empty();
  }

  private static boolean isOperator(Person person, Release release) {
    var people = release.people();
    return person.organisation() instanceof Organisation.Msp
        && people
            .organisationOf(person.id().issuer())
            .filter(person.organisation()::equals)
            .isPresent()
        && people.functionsOf(person, TenantId.OPERATOR).contains(PersonFunction.OPERATE);
  }
}
