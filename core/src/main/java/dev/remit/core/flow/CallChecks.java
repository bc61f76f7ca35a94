package dev.remit.core.flow;

import dev.remit.core.call.ArgumentSchema;
import dev.remit.core.call.Call;
import dev.remit.core.call.CallId;
import dev.remit.core.call.CallRequest;
import dev.remit.core.call.ScopeTruth;
import dev.remit.core.call.Tool;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.flow.CallBinder.Binding;
import dev.remit.core.flow.CallBinder.Bound;
import dev.remit.core.flow.CallBinder.Unbound;
import dev.remit.core.release.Release;
import dev.remit.core.secret.SecretCheck;
import dev.remit.core.target.Inventory;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskClass;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** What a call has to pass before policy is asked, whether it is made or only rehearsed. */
final class CallChecks {

  private final ArgumentSchema schema;
  private final SecretCheck secrets;
  private final Targets targets;
  private final Bulk bulk;
  private final Predicate<Tool> isAsPinned;

  /** {@code isAsPinned} says whether the tool is there and as it was accepted. */
  CallChecks(
      ArgumentSchema schema, SecretCheck secrets, Inventory inventory, Predicate<Tool> isAsPinned) {
    this.schema = schema;
    this.secrets = secrets;
    this.targets = new Targets(inventory);
    this.bulk = new Bulk(inventory);
    this.isAsPinned = isAsPinned;
  }

  CallChecks(Ports ports, Predicate<Tool> isAsPinned) {
    this(ports.schema(), ports.secrets(), ports.inventory(), isAsPinned);
  }

  /** Whether a request can be looked at at all. */
  sealed interface Form {}

  /** It names a tool that the caller has, with arguments of its schema. */
  record Fit(Tool tool) implements Form {}

  /** It does not; this is the answer. */
  record Unfit(CallResult told) implements Form {}

  /** Looks at caller, tool and arguments. */
  Form form(CallId id, CallRequest request, Release release, Instant now) {
    if (!now.isBefore(request.caller().expiresAt())) {
      return new Unfit(new CallResult.Refused(id, ReasonCode.IDENTITY_EXPIRED));
    }
    var tool = release.toolOf(request.caller(), request.tool());
    if (tool.isEmpty()) {
      return new Unfit(new CallResult.UnknownTool(request.tool()));
    }
    return schema
        .objection(tool.get(), request.arguments())
        .or(() -> Bulk.objection(tool.get(), request.arguments()))
        .<Form>map(words -> new Unfit(new CallResult.InvalidArguments(words)))
        .orElseGet(() -> new Fit(tool.get()));
  }

  /** Binds the request to its task and to proven targets. */
  Binding bind(CallAttempt attempt, Task task) {
    var release = attempt.active().release();
    if (!task.isOpenAt(attempt.now())) {
      return new Unbound(over(task), Value.Obj.EMPTY, Optional.of(task));
    }
    var taskClass = release.taskClass(task.taskClass(), task.tenant()).orElse(null);
    var tenant = release.tenants().get(task.tenant());
    if (taskClass == null || tenant == null) {
      return new Unbound(ReasonCode.OUTSIDE_TASK, Value.Obj.EMPTY, Optional.of(task));
    }
    var request = attempt.request();
    var secret = secrets.in(request.arguments());
    if (secret.isPresent()) {
      return new Unbound(ReasonCode.SECRET_IN_ARGUMENTS, secret.get(), Optional.of(task));
    }
    Bulk.Named named;
    try {
      named =
          bulk.named(
              attempt.tool(),
              request.arguments(),
              task.tenant(),
              taskClass.targetsAtMost(),
              attempt.now());
    } catch (RuntimeException e) {
      return new Unbound(ReasonCode.INVENTORY_UNAVAILABLE, Value.Obj.EMPTY, Optional.of(task));
    }
    return switch (named) {
      case Bulk.TooMany(int many, int atMost) ->
          new Unbound(
              ReasonCode.LIMIT_EXCEEDED,
              Value.object("named", many, "atMost", atMost),
              Optional.of(task));
      case Bulk.Exactly exactly -> proven(attempt, task, exactly, taskClass, tenant);
    };
  }

  private Binding proven(
      CallAttempt attempt, Task task, Bulk.Exactly exactly, TaskClass taskClass, Tenant tenant) {
    var release = attempt.active().release();
    var request = attempt.request();
    var forbidden = new Forbidden(release, task.tenant());
    var own = forbidden.named(attempt.tool(), exactly.arguments(), exactly.targets());
    if (own.isPresent()) {
      return new Unbound(ReasonCode.GUARDRAIL, own.get(), Optional.of(task));
    }
    var bound =
        targets.bind(exactly.targets(), task.tenant(), taskClass.seenWithin(), attempt.now());
    return switch (bound) {
      case Targets.Records(var records) when forbidden.record(records).isPresent() ->
          new Unbound(ReasonCode.GUARDRAIL, forbidden.record(records).get(), Optional.of(task));
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
                  exactly.arguments(),
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
    return isAsPinned.test(call.tool())
        ? new Bound(call, taskClass, tenant)
        : new Unbound(ReasonCode.TOOL_CHANGED, Value.Obj.EMPTY, Optional.of(task));
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
