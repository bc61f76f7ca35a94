package dev.remit.core.flow;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.Subject;
import dev.remit.core.call.Call;
import dev.remit.core.call.CallId;
import dev.remit.core.call.CallRequest;
import dev.remit.core.call.Tool;
import dev.remit.core.decision.Decision;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.delegation.Chain;
import dev.remit.core.evidence.CallLedger.Admitted;
import dev.remit.core.evidence.CallLedger.Changed;
import dev.remit.core.evidence.CallLedger.Joined;
import dev.remit.core.evidence.Intent;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Outcome;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.Grade;
import dev.remit.core.kill.KillScope;
import dev.remit.core.release.Releases;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskClass;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Collectors;

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
  private final CallChecks checks;
  private final CallBinder binder;
  private final Judge judge;
  private final RecentCalls recentCalls = new RecentCalls();
  private final ApprovalGate gate;
  private final Barriers barriers;

  CallFlow(
      Ports ports,
      Entries entries,
      Effects effects,
      TaskBook taskBook,
      OwnReads ownReads,
      Barriers barriers) {
    this.ports = ports;
    this.judge = new Judge(ports.oversight().levels());
    this.records = new CallRecords(ports, entries);
    this.effects = effects;
    this.taskBook = taskBook;
    this.checks = new CallChecks(ports, this::isAsPinned);
    this.binder = new CallBinder(ports, checks, taskBook, ownReads);
    this.gate = new ApprovalGate(ports, entries, recentCalls);
    this.barriers = barriers;
  }

  private boolean isAsPinned(Tool tool) {
    var connector = ports.connectors().all().get(tool.connector());
    return connector != null && !connector.changedTools().contains(tool.name());
  }

  /** The way of a call. */
  CallResult call(CallRequest request, Cut cut) {
    return run(request, Optional.empty(), cut);
  }

  /**
   * The way of a call that people granted: the stored call and no other, on facts read again,
   * decided again with the approval held.
   */
  CallResult resume(Proposal granted, Subject.OfCall stored, Caller.Worker caller, Cut cut) {
    var request =
        new CallRequest(
            caller,
            stored.tool(),
            stored.arguments(),
            Optional.of(stored.task()),
            stored.idempotencyKey());
    return run(request, Optional.of(Granted.whole(granted)), cut);
  }

  /** The way of one step of a plan that people granted; the same, and no other. */
  CallResult step(Granted granted, Subject.OfPlan plan, Caller.Worker caller, Cut cut) {
    var step = plan.steps().get(granted.step() - 1);
    var request =
        new CallRequest(
            caller, step.tool(), step.arguments(), Optional.of(plan.task()), Optional.empty());
    return run(request, Optional.of(granted), cut);
  }

  /** What became of the call of an approval that is used up. */
  Optional<CallResult> earlier(Granted granted) {
    return gate.earlier(granted);
  }

  /** What policy says of a call that nobody makes yet. */
  sealed interface Considered {}

  /** It is bound and decided. */
  record Thought(
      CallAttempt attempt, Call call, TaskClass taskClass, Tenant tenant, Decision decision)
      implements Considered {}

  /** It is not to be thought of; what the caller hears is recorded. */
  record Unthinkable(CallResult told) implements Considered {}

  /** Binds and decides a step of a plan that is asked for; nothing is done. */
  Considered consider(CallRequest request, Releases.Active active) {
    var id = new CallId(ports.ids().id());
    var now = ports.clock().instant();
    return switch (checks.form(id, request, active.release(), now)) {
      case CallChecks.Unfit(CallResult told) -> new Unthinkable(told);
      case CallChecks.Fit(Tool tool) ->
          considered(new CallAttempt(id, request, active, tool, now, Optional.empty(), true));
    };
  }

  private Considered considered(CallAttempt attempt) {
    return switch (binder.bind(attempt)) {
      case CallBinder.Unbound(ReasonCode reason, Value.Obj seen, Optional<Task> task) ->
          new Unthinkable(records.refuse(attempt, reason, seen, task));
      case CallBinder.Bound(Call call, TaskClass taskClass, Tenant tenant) -> {
        var judged = judge.judged(attempt, call, taskClass, tenant);
        yield judged.decision() instanceof Decision.Deny deny
            ? new Unthinkable(records.deny(judged.attempt(), call, deny))
            : new Thought(judged.attempt(), call, taskClass, tenant, judged.decision());
      }
    };
  }

  private CallResult run(CallRequest request, Optional<Granted> granted, Cut cut) {
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
      var result = decideAndDo(id, request, active, granted, attempt == DECIDED_AGAIN, cut);
      if (result.isPresent()) {
        return result.get();
      }
    }
    return new CallResult.Refused(id, ReasonCode.TARGET_STALE);
  }

  private Optional<CallResult> decideAndDo(
      CallId id,
      CallRequest request,
      Releases.Active active,
      Optional<Granted> granted,
      boolean isLast,
      Cut cut) {
    Instant now = ports.clock().instant();
    Tool tool;
    switch (checks.form(id, request, active.release(), now)) {
      case CallChecks.Fit(Tool found) -> tool = found;
      case CallChecks.Unfit(CallResult told) -> {
        return Optional.of(told);
      }
    }
    var attempt = new CallAttempt(id, request, active, tool, now, granted, isLast);
    try {
      return switch (granted.isEmpty() ? binder.bind(attempt) : binder.boundAgain(attempt)) {
        case CallBinder.Bound(Call call, TaskClass taskClass, Tenant tenant) ->
            decided(attempt, call, taskClass, tenant, cut);
        case CallBinder.Unbound(ReasonCode reason, Value.Obj seen, Optional<Task> task) ->
            Optional.of(records.refuse(attempt, reason, seen, task));
      };
    } catch (RuntimeException e) {
      // A store is away: nothing was admitted, so nothing was sent.
      return Optional.of(records.unavailable(attempt));
    }
  }

  private Optional<CallResult> decided(
      CallAttempt undecided, Call call, TaskClass taskClass, Tenant tenant, Cut cut) {
    var judged = judge.judged(undecided, call, taskClass, tenant);
    var attempt = judged.attempt();
    return switch (judged.decision()) {
      case Decision.Permit permit when attempt.granted().isPresent() ->
          switch (gate.next(attempt, call, permit, attempt.granted().get())) {
            case ApprovalGate.Told(CallResult result) -> Optional.of(result);
            case ApprovalGate.Held ignored -> effect(attempt, call, taskClass, tenant, permit, cut);
            case ApprovalGate.Resume ignored -> throw new IllegalStateException("it is resumed");
            case ApprovalGate.Ask ignored -> throw new IllegalStateException("nobody is asked");
          };
      case Decision.Permit permit -> effect(attempt, call, taskClass, tenant, permit, cut);
      case Decision.NeedsApproval needs -> asked(attempt, call, taskClass, tenant, needs, cut);
      case Decision.Deny deny -> Optional.of(records.deny(attempt, call, deny));
    };
  }

  private Optional<CallResult> asked(
      CallAttempt attempt,
      Call call,
      TaskClass taskClass,
      Tenant tenant,
      Decision.NeedsApproval needs,
      Cut cut) {
    if (call.caller() instanceof Caller.OfAutomation) {
      // What tells people that they are asked must never ask them.
      return Optional.of(records.notAdmitted(attempt, call, ReasonCode.APPROVAL_INSUFFICIENT));
    }
    return switch (gate.next(attempt, call, needs)) {
      case ApprovalGate.Held(Granted granted) ->
          held(attempt.by(granted), call, taskClass, tenant, needs, cut);
      case ApprovalGate.Resume(Proposal granted) ->
          granted.call().map(stored -> resume(granted, stored, call.caller(), cut));
      case ApprovalGate.Ask(String digest) ->
          Optional.of(ask(attempt, call, taskClass, tenant, needs, digest));
      case ApprovalGate.Told(CallResult result) -> Optional.of(result);
    };
  }

  /** An approval is evidence for a second decision, never a way around one. */
  private Optional<CallResult> held(
      CallAttempt attempt,
      Call call,
      TaskClass taskClass,
      Tenant tenant,
      Decision.NeedsApproval needs,
      Cut cut) {
    var rules = needs.rules().stream().map(TaskClass.AskRule::id).collect(Collectors.toSet());
    var second = judge.judged(attempt, call, taskClass, tenant, rules);
    return switch (second.decision()) {
      case Decision.Permit permit -> effect(second.attempt(), call, taskClass, tenant, permit, cut);
      case Decision.NeedsApproval ignored ->
          Optional.of(
              records.notAdmitted(second.attempt(), call, ReasonCode.APPROVAL_INSUFFICIENT));
      case Decision.Deny deny -> Optional.of(records.deny(second.attempt(), call, deny));
    };
  }

  /** No intent checks the task of a call that waits, and it may be a cached one: read it again. */
  private CallResult ask(
      CallAttempt attempt,
      Call call,
      TaskClass taskClass,
      Tenant tenant,
      Decision.NeedsApproval needs,
      String digest) {
    var task = ports.tasks().find(tenant.id(), call.task().id()).orElse(call.task());
    if (task.isOpenAt(attempt.now())) {
      return records.ask(attempt, call, taskClass, tenant, needs, digest);
    }
    taskBook.forget(task.id());
    return records.notAdmitted(attempt, call, CallChecks.over(task));
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
    var barrier = barriers.before(call, attempt.active().release());
    if (barrier.isPresent()) {
      return Optional.of(records.notAdmitted(attempt, call, barrier.get()));
    }
    boolean isRead = call.tool().effect() == Grade.OBSERVE;
    var task = call.task();
    var scopes = new ArrayList<>(KillScope.covering(call.caller()));
    scopes.addAll(Chain.killScopes(task.lineage()));
    scopes.add("connector:" + connector.id());
    var plan =
        new EffectPlan(
            call.id(),
            task.tenant(),
            Optional.of(task.id()),
            Optional.of(Usage.of(call, taskClass, attempt.active().release())),
            scopes,
            attempt.active().release().version(),
            call.targets().stream().map(t -> new Intent.SeenTarget(t.ref(), t.version())).toList(),
            attempt.granted().map(Granted::use),
            connector,
            isRead,
            connector.scope(call.tool(), tenant),
            connector.leaseLife(),
            call.tool().timeout(),
            ApprovalGate.joinKey(call, attempt, isRead),
            approved(Facts.fields(call, permit), attempt),
            attempt.asked());
    var work = new CallWork(call, attempt.active().release(), tenant, connector, ports);
    if (isRead && attempt.granted().isEmpty()) {
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

  private static Value.Obj approved(Value.Obj fields, CallAttempt attempt) {
    return attempt
        .granted()
        .map(granted -> fields.with("proposal", Value.of(granted.proposal().digest())))
        .orElse(fields);
  }

  /** What the caller hears of an effect; empty means decide again. */
  private Optional<CallResult> told(CallAttempt attempt, Call call, EffectResult result) {
    return switch (result) {
      case EffectResult.NotAdmitted(Changed ignored) when attempt.isLast() ->
          Optional.of(records.notAdmitted(attempt, call, ReasonCode.TARGET_STALE));
      case EffectResult.NotAdmitted(Changed ignored) -> {
        // What it has read may have changed, too.
        taskBook.forget(call.task().id());
        yield Optional.empty();
      }
      case EffectResult.NotAdmitted(Joined(CallId first)) ->
          recentCalls
              .answerOf(first, call.tool().timeout().toMillis())
              .or(() -> attempt.granted().flatMap(gate::earlier))
              .or(() -> Optional.of(new CallResult.Joined(first)));
      case EffectResult.NotAdmitted(
              dev.remit.core.evidence.CallLedger.Refused(ReasonCode reason)) -> {
        taskBook.forget(call.task().id());
        boolean isAnotherOpen =
            reason == ReasonCode.NO_TASK && attempt.request().task().isEmpty() && !attempt.isLast();
        yield isAnotherOpen
            ? Optional.empty()
            : Optional.of(records.notAdmitted(attempt, call, reason));
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
                  Bulk.shown(
                      settled.result(),
                      attempt.request().arguments(),
                      call.arguments(),
                      call.tool()),
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
