package dev.remit.core.flow;

import dev.remit.core.call.Call;
import dev.remit.core.call.CallId;
import dev.remit.core.call.CallRequest;
import dev.remit.core.call.ScopeTruth;
import dev.remit.core.call.Sha256;
import dev.remit.core.call.Tool;
import dev.remit.core.decision.Decision;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.CallLedger.Admitted;
import dev.remit.core.evidence.CallLedger.Changed;
import dev.remit.core.evidence.CallLedger.Joined;
import dev.remit.core.evidence.Intent;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Outcome;
import dev.remit.core.identity.Grade;
import dev.remit.core.kill.KillScope;
import dev.remit.core.release.Release;
import dev.remit.core.release.Releases;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskClass;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/**
 * The driver of a call: task, target, decision, approval, effect. Read {@link #call} for the whole
 * way.
 *
 * <p>Whatever cannot be known refuses. A call that was decided on facts that changed before its
 * intent committed is decided again, a few times, then refused.
 */
final class CallFlow {

  private static final int DECIDED_AGAIN = 3;

  private final Ports ports;
  private final CallRecords records;
  private final Effects effects;
  private final TaskBook taskBook;
  private final Targets targets;
  private final Judge judge = new Judge();
  private final RecentCalls recentCalls = new RecentCalls();

  CallFlow(Ports ports, Entries entries, Effects effects, TaskBook taskBook) {
    this.ports = ports;
    this.records = new CallRecords(ports, entries);
    this.effects = effects;
    this.taskBook = taskBook;
    this.targets = new Targets(ports.inventory());
  }

  /** The way of a call. */
  CallResult call(CallRequest request, Cut cut) {
    var id = new CallId(ports.ids().id());
    for (int attempt = 1; attempt <= DECIDED_AGAIN; attempt++) {
      Releases.Active active;
      try {
        if (attempt > 1) {
          ports.releases().refresh();
        }
        active = ports.releases().active();
      } catch (RuntimeException e) {
        return new CallResult.Refused(id, ReasonCode.POLICY_UNAVAILABLE);
      }
      var result = decideAndDo(id, request, active, attempt == DECIDED_AGAIN, cut);
      if (result.isPresent()) {
        return result.get();
      }
    }
    return new CallResult.Refused(id, ReasonCode.TARGET_STALE);
  }

  private Optional<CallResult> decideAndDo(
      CallId id, CallRequest request, Releases.Active active, boolean isLast, Cut cut) {
    Instant now = ports.clock().instant();
    if (!now.isBefore(request.caller().expiresAt())) {
      return Optional.of(new CallResult.Refused(id, ReasonCode.IDENTITY_EXPIRED));
    }
    var tool = active.release().toolOf(request.caller(), request.tool());
    if (tool.isEmpty()) {
      return Optional.of(new CallResult.UnknownTool(request.tool()));
    }
    var objection = ports.schema().objection(tool.get(), request.arguments());
    if (objection.isPresent()) {
      return Optional.of(new CallResult.InvalidArguments(objection.get()));
    }
    var attempt = new CallAttempt(id, request, active, tool.get(), now, isLast);
    try {
      return switch (bind(attempt)) {
        case Bound(Call call, TaskClass taskClass, Tenant tenant) ->
            decided(attempt, call, taskClass, tenant, cut);
        case Unbound(ReasonCode reason, Value.Obj seen, Optional<Task> task) ->
            Optional.of(records.refuse(attempt, reason, seen, task));
      };
    } catch (RuntimeException e) {
      // A store is away: nothing was admitted, so nothing was sent.
      return Optional.of(new CallResult.Refused(id, ReasonCode.EVIDENCE_UNAVAILABLE));
    }
  }

  private sealed interface Binding {}

  private record Bound(Call call, TaskClass taskClass, Tenant tenant) implements Binding {}

  private record Unbound(ReasonCode reason, Value.Obj seen, Optional<Task> task)
      implements Binding {}

  /** Binds the request to its task and to proven targets. */
  private Binding bind(CallAttempt attempt) {
    var request = attempt.request();
    var release = attempt.active().release();
    if (!(taskBook.of(request.caller(), request.task(), attempt.now())
        instanceof TaskBook.Belongs(Task task))) {
      return new Unbound(ReasonCode.NO_TASK, Value.Obj.EMPTY, Optional.empty());
    }
    if (!task.isOpenAt(attempt.now())) {
      return new Unbound(over(task), Value.Obj.EMPTY, Optional.of(task));
    }
    var taskClass = release.taskClasses().get(task.taskClass());
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

  private Optional<CallResult> decided(
      CallAttempt attempt, Call call, TaskClass taskClass, Tenant tenant, Cut cut) {
    var decision = judge.decide(attempt.active(), call, taskClass, tenant, attempt.now());
    return switch (decision) {
      case Decision.Permit permit -> effect(attempt, call, taskClass, tenant, permit, cut);
      case Decision.NeedsApproval needs ->
          Optional.of(ask(attempt, call, taskClass, tenant, needs));
      case Decision.Deny deny -> Optional.of(records.deny(attempt, call, taskClass, tenant, deny));
    };
  }

  /** No intent checks the task of a call that waits, and it may be a cached one: read it again. */
  private CallResult ask(
      CallAttempt attempt,
      Call call,
      TaskClass taskClass,
      Tenant tenant,
      Decision.NeedsApproval needs) {
    var task = ports.tasks().find(tenant.id(), call.task().id()).orElse(call.task());
    if (task.isOpenAt(attempt.now())) {
      return records.ask(attempt, call, taskClass, tenant, needs);
    }
    taskBook.forget(task.id());
    return records.notAdmitted(call, over(task));
  }

  /** Why a task that is over admits nothing. */
  private static ReasonCode over(Task task) {
    return task.state() == Task.State.KILLED ? ReasonCode.KILLED : ReasonCode.NO_TASK;
  }

  private Optional<CallResult> effect(
      CallAttempt attempt,
      Call call,
      TaskClass taskClass,
      Tenant tenant,
      Decision.Permit permit,
      Cut cut) {
    var connector = ports.connectors().all().get(call.tool().connector());
    if (connector == null) {
      return Optional.of(new CallResult.Refused(call.id(), ReasonCode.TOOL_CHANGED));
    }
    boolean isRead = call.tool().effect() == Grade.OBSERVE;
    var task = call.task();
    var scopes = new ArrayList<>(KillScope.covering(call.caller()));
    scopes.add("connector:" + connector.id());
    var plan =
        new EffectPlan(
            call.id(),
            task.tenant(),
            Optional.of(task.id()),
            Optional.of(
                new Intent.TaskUse(
                    task.id(),
                    task.taskClass(),
                    task.ground().ticket(),
                    task.callLimit(),
                    taskClass.limits().perTenantPerHour())),
            scopes,
            attempt.active().release().version(),
            call.targets().stream().map(t -> new Intent.SeenTarget(t.ref(), t.version())).toList(),
            Optional.empty(),
            connector,
            isRead,
            connector.scope(call.tool(), tenant),
            connector.leaseLife(),
            call.tool().timeout(),
            isRead ? Optional.empty() : Optional.of(joinKey(call, attempt.request())),
            Facts.fields(call, permit),
            Facts.body(call, taskClass, tenant, attempt.now()));
    var work = new CallWork(call, attempt.active().release(), tenant, connector, ports);
    if (isRead) {
      return told(attempt, call, run(plan, work, cut));
    }
    recentCalls.begun(call.id());
    Optional<CallResult> answer = Optional.empty();
    try {
      answer = told(attempt, call, run(plan, work, cut));
      return answer;
    } finally {
      recentCalls.ended(call.id(), answer);
    }
  }

  private EffectResult run(EffectPlan plan, Work work, Cut cut) {
    try {
      return effects.run(plan, work, cut);
    } catch (RuntimeException e) {
      // We are wrong somewhere past the decision: whether it was sent is not known; recovery
      // settles it.
      return new EffectResult.Settled(
          Outcome.UNKNOWN, "internal fault", Optional.empty(), Value.Obj.EMPTY, true);
    }
  }

  private static String joinKey(Call call, CallRequest request) {
    return Sha256.of(
        Value.object("digest", call.digest(), "key", request.idempotencyKey().orElse("")));
  }

  /** What the caller hears of an effect; empty means decide again. */
  private Optional<CallResult> told(CallAttempt attempt, Call call, EffectResult result) {
    return switch (result) {
      case EffectResult.NotAdmitted(Changed ignored) when attempt.isLast() ->
          Optional.of(records.notAdmitted(call, ReasonCode.TARGET_STALE));
      case EffectResult.NotAdmitted(Changed ignored) -> Optional.empty();
      case EffectResult.NotAdmitted(Joined(CallId first)) ->
          recentCalls
              .answerOf(first, call.tool().timeout().toMillis())
              .or(() -> Optional.of(new CallResult.Joined(first)));
      case EffectResult.NotAdmitted(
              dev.remit.core.evidence.CallLedger.Refused(ReasonCode reason)) -> {
        taskBook.forget(call.task().id());
        boolean isAnotherOpen =
            reason == ReasonCode.NO_TASK && attempt.request().task().isEmpty() && !attempt.isLast();
        yield isAnotherOpen ? Optional.empty() : Optional.of(records.notAdmitted(call, reason));
      }
      case EffectResult.NotAdmitted(Admitted ignored) ->
          throw new IllegalStateException("an admitted intent has an outcome");
      case EffectResult.Settled settled
          when settled.reason().filter(CallFlow::isAboutTarget).isPresent()
              && isWithoutEffect(call, settled) ->
          Optional.of(new CallResult.Refused(call.id(), settled.reason().get()));
      case EffectResult.Settled settled ->
          Optional.of(
              new CallResult.Answered(
                  call.id(),
                  settled.outcome(),
                  settled.result(),
                  settled.detail(),
                  settled.isCleaningUp()));
    };
  }

  /** A change that may have been made is never told as refused. */
  private static boolean isWithoutEffect(Call call, EffectResult.Settled settled) {
    return call.tool().effect() == Grade.OBSERVE || settled.outcome() == Outcome.FAILED;
  }

  private static boolean isAboutTarget(ReasonCode reason) {
    return reason.agentCode().equals("target-not-available");
  }
}
