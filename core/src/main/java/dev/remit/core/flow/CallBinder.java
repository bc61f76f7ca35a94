package dev.remit.core.flow;

import dev.remit.core.call.Call;
import dev.remit.core.call.ScopeTruth;
import dev.remit.core.call.Tool;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.release.Release;
import dev.remit.core.target.TargetRecord;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskClass;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.value.Value;
import java.util.Optional;

/** Finds what a request is about: its task, proven targets, and whether the task covers it. */
final class CallBinder {

  private final Ports ports;
  private final TaskBook taskBook;
  private final OwnReads ownReads;
  private final Targets targets;

  CallBinder(Ports ports, TaskBook taskBook, OwnReads ownReads) {
    this.ports = ports;
    this.taskBook = taskBook;
    this.ownReads = ownReads;
    this.targets = new Targets(ports.inventory());
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
    var release = attempt.active().release();
    if (!(taskBook.of(request.caller(), request.task(), attempt.now())
        instanceof TaskBook.Belongs(Task task))) {
      return new Unbound(ReasonCode.NO_TASK, Value.Obj.EMPTY, Optional.empty());
    }
    if (!task.isOpenAt(attempt.now())) {
      return new Unbound(over(task), Value.Obj.EMPTY, Optional.of(task));
    }
    var taskClass = release.taskClass(task.taskClass(), task.tenant()).orElse(null);
    var tenant = release.tenants().get(task.tenant());
    if (taskClass == null || tenant == null) {
      return new Unbound(ReasonCode.OUTSIDE_TASK, Value.Obj.EMPTY, Optional.of(task));
    }
    var refs = Targets.named(attempt.tool(), request.arguments());
    var bound = targets.bind(refs, task.tenant(), taskClass.seenWithin(), attempt.now());
    return switch (bound) {
      case Targets.Objection(ReasonCode reason, var named) ->
          new Unbound(reason, Value.object("targets", Facts.refs(named)), Optional.of(task));
      case Targets.Records(var records) ->
          scoped(
              release,
              new Call(
                  attempt.id(),
                  request.caller(),
                  task,
                  attempt.tool(),
                  request.arguments(),
                  records),
              taskClass,
              tenant);
    };
  }

  /** Holds the call against what its task named. */
  private Binding scoped(Release release, Call call, TaskClass taskClass, Tenant tenant) {
    var task = call.task();
    boolean isWithin =
        task.tools().contains(call.tool().name())
            && call.targets().stream().allMatch(t -> task.targets().contains(t.ref()));
    if (!isWithin) {
      return new Unbound(
          ReasonCode.OUTSIDE_TASK,
          Value.object(
              "targets", new Value.Array(call.targets().stream().map(Facts::target).toList())),
          Optional.of(task));
    }
    if (call.caller().id().environment() != task.environment()) {
      return new Unbound(ReasonCode.ENVIRONMENT_MISMATCH, Value.Obj.EMPTY, Optional.of(task));
    }
    if (call.targets().isEmpty() && !isProven(release, call)) {
      return new Unbound(ReasonCode.TENANT_UNKNOWN, Value.Obj.EMPTY, Optional.of(task));
    }
    var connector = ports.connectors().all().get(call.tool().connector());
    if (connector == null || connector.changedTools().contains(call.tool().name())) {
      return new Unbound(ReasonCode.TOOL_CHANGED, Value.Obj.EMPTY, Optional.of(task));
    }
    return new Bound(call, taskClass, tenant);
  }

  /**
   * A call without targets is proven by its answer, or by a credential that reaches no other
   * tenant.
   */
  private static boolean isProven(Release release, Call call) {
    var connector = release.connectors().get(call.tool().connector());
    return call.tool().proof() == Tool.Proof.ANSWER
        || (connector != null && connector.scopeTruth() == ScopeTruth.VENDOR_ENFORCED);
  }

  /** Why a task that is over admits nothing. */
  static ReasonCode over(Task task) {
    return task.state() == Task.State.KILLED ? ReasonCode.KILLED : ReasonCode.NO_TASK;
  }
}
