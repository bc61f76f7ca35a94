package dev.remit.core.flow;

import dev.remit.core.call.Call;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.register.Register;
import dev.remit.core.secret.Tries;
import dev.remit.core.target.TargetRecord;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskClass;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.value.Value;
import java.util.Optional;

/** Finds what a request is about: its task, proven targets, and whether the task covers it. */
final class CallBinder {

  private final Register register;
  private final Tries tries;
  private final CallChecks checks;
  private final TaskBook taskBook;
  private final OwnReads ownReads;

  CallBinder(Ports ports, CallChecks checks, TaskBook taskBook, OwnReads ownReads) {
    this.register = ports.register().register();
    this.tries = ports.secrets().tries();
    this.checks = checks;
    this.taskBook = taskBook;
    this.ownReads = ownReads;
  }

  /** What a request is about, or why it is about nothing. */
  sealed interface Binding {}

  /** Task, targets and tool are found and belong together. */
  record Bound(Call call, TaskClass taskClass, Tenant tenant) implements Binding {}

  /** They do not, and why. */
  record Unbound(ReasonCode reason, Value.Obj seen, Optional<Task> task) implements Binding {}

  /** Reads the targets again before it binds: people answered on what was so a while ago. */
  Binding boundAgain(CallAttempt attempt) {
    var bound = bind(attempt);
    if (!(bound instanceof Bound(Call call, var taskClass, var tenant))) {
      return bound;
    }
    var refs = call.targets().stream().map(TargetRecord::ref).toList();
    var objection = ownReads.records(tenant.id(), refs, attempt.active().release().version());
    return objection.isEmpty()
        ? bind(attempt)
        : new Unbound(
            objection.get(), Value.object("targets", Facts.refs(refs)), Optional.of(call.task()));
  }

  /** Binds the request to its task and to proven targets. */
  Binding bind(CallAttempt attempt) {
    var request = attempt.request();
    if (!register.isActive(attempt.active().release(), request.caller())) {
      return new Unbound(ReasonCode.AGENT_NOT_ACTIVE, Value.Obj.EMPTY, Optional.empty());
    }
    if (tries.isOver(request.caller().name(), attempt.now())) {
      return new Unbound(ReasonCode.LIMIT_EXCEEDED, Value.Obj.EMPTY, Optional.empty());
    }
    return taskBook.of(request.caller(), request.task(), attempt.now())
            instanceof TaskBook.Belongs(Task task)
        ? counted(attempt, checks.bind(attempt, task))
        : new Unbound(ReasonCode.NO_TASK, Value.Obj.EMPTY, Optional.empty());
  }

  private Binding counted(CallAttempt attempt, Binding binding) {
    if (binding instanceof Unbound unbound && unbound.reason() == ReasonCode.SECRET_IN_ARGUMENTS) {
      tries.note(attempt.request().caller().name(), attempt.now());
    }
    return binding;
  }
}
