package dev.remit.core.flow;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.call.Call;
import dev.remit.core.call.CallId;
import dev.remit.core.call.CallRequest;
import dev.remit.core.call.Sha256;
import dev.remit.core.call.Tool;
import dev.remit.core.decision.Decision;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.CallLedger.Admitted;
import dev.remit.core.evidence.CallLedger.Changed;
import dev.remit.core.evidence.CallLedger.Joined;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Intent;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Outcome;
import dev.remit.core.identity.Grade;
import dev.remit.core.kill.KillScope;
import dev.remit.core.release.Releases;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskClass;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
  private final Entries entries;
  private final Effects effects;
  private final TaskBook taskBook;
  private final Targets targets;
  private final Judge judge = new Judge();

  CallFlow(Ports ports, Entries entries, Effects effects, TaskBook taskBook) {
    this.ports = ports;
    this.entries = entries;
    this.effects = effects;
    this.taskBook = taskBook;
    this.targets = new Targets(ports.inventory());
  }

  /** The way of a call. */
  CallResult call(CallRequest request, Cut cut) {
    var id = new CallId(ports.ids().id());
    for (int attempt = 0; attempt < DECIDED_AGAIN; attempt++) {
      Releases.Active active;
      try {
        active = ports.releases().active();
      } catch (RuntimeException e) {
        return new CallResult.Refused(id, ReasonCode.POLICY_UNAVAILABLE);
      }
      var result = decideAndDo(id, request, active, cut);
      if (result.isPresent()) {
        return result.get();
      }
      ports.releases().refresh();
    }
    return new CallResult.Refused(id, ReasonCode.TARGET_STALE);
  }

  private Optional<CallResult> decideAndDo(
      CallId id, CallRequest request, Releases.Active active, Cut cut) {
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
    var attempt = new Attempt(id, request, active, tool.get(), now);
    try {
      return switch (bind(attempt)) {
        case Bound(Call call, TaskClass taskClass, Tenant tenant) ->
            decided(attempt, call, taskClass, tenant, cut);
        case Unbound(ReasonCode reason, Value.Obj seen, Optional<Task> task) ->
            Optional.of(refuse(attempt, reason, seen, task));
      };
    } catch (RuntimeException e) {
      // A store is away: nothing was admitted, so nothing was sent.
      return Optional.of(new CallResult.Refused(id, ReasonCode.EVIDENCE_UNAVAILABLE));
    }
  }

  private record Attempt(
      CallId id, CallRequest request, Releases.Active active, Tool tool, Instant now) {}

  private sealed interface Binding {}

  private record Bound(Call call, TaskClass taskClass, Tenant tenant) implements Binding {}

  private record Unbound(ReasonCode reason, Value.Obj seen, Optional<Task> task)
      implements Binding {}

  /** Binds the request to its task and to proven targets. */
  private Binding bind(Attempt attempt) {
    var request = attempt.request();
    var release = attempt.active().release();
    if (!(taskBook.of(request.caller(), request.task()) instanceof TaskBook.Belongs(Task task))) {
      return new Unbound(ReasonCode.NO_TASK, Value.Obj.EMPTY, Optional.empty());
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
  private Binding scoped(Call call, TaskClass taskClass, Tenant tenant) {
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
    var connector = ports.connectors().all().get(call.tool().connector());
    if (connector == null || connector.changedTools().contains(call.tool().name())) {
      return new Unbound(ReasonCode.TOOL_CHANGED, Value.Obj.EMPTY, Optional.of(task));
    }
    return new Bound(call, taskClass, tenant);
  }

  private Optional<CallResult> decided(
      Attempt attempt, Call call, TaskClass taskClass, Tenant tenant, Cut cut) {
    var decision = judge.decide(attempt.active(), call, taskClass, tenant, attempt.now());
    return switch (decision) {
      case Decision.Permit permit -> effect(attempt, call, taskClass, tenant, permit, cut);
      case Decision.NeedsApproval needs ->
          Optional.of(ask(attempt, call, taskClass, tenant, needs));
      case Decision.Deny deny -> Optional.of(deny(attempt, call, taskClass, tenant, deny));
    };
  }

  private Optional<CallResult> effect(
      Attempt attempt,
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
            leaseLife(connector, call, attempt.now()),
            call.tool().timeout(),
            isRead ? Optional.empty() : Optional.of(joinKey(call, attempt.request())),
            Facts.fields(call, permit),
            Facts.body(call, taskClass, tenant, attempt.now()));
    var work = new CallWork(call, attempt.active().release(), tenant, connector, ports);
    return told(call, run(plan, work, cut));
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

  private static Duration leaseLife(
      dev.remit.core.execution.Connector connector, Call call, Instant now) {
    var life = connector.leaseLife(call.tool());
    var left = Duration.between(now, call.task().deadline());
    return left.compareTo(life) < 0 ? left : life;
  }

  private static String joinKey(Call call, CallRequest request) {
    return Sha256.of(
        Value.object("digest", call.digest(), "key", request.idempotencyKey().orElse("")));
  }

  /** What the caller hears of an effect; empty means decide again. */
  private Optional<CallResult> told(Call call, EffectResult result) {
    return switch (result) {
      case EffectResult.NotAdmitted(Changed ignored) -> Optional.empty();
      case EffectResult.NotAdmitted(Joined(CallId first)) ->
          Optional.of(new CallResult.Joined(first));
      case EffectResult.NotAdmitted(
              dev.remit.core.evidence.CallLedger.Refused(ReasonCode reason)) -> {
        taskBook.forget(call.task().id());
        yield Optional.of(notAdmitted(call, reason));
      }
      case EffectResult.NotAdmitted(Admitted ignored) ->
          throw new IllegalStateException("an admitted intent has an outcome");
      case EffectResult.Settled settled
          when settled.reason().filter(CallFlow::isAboutTarget).isPresent() ->
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

  private static boolean isAboutTarget(ReasonCode reason) {
    return reason.agentCode().equals("target-not-available");
  }

  /** A refusal at admission is recorded like any other, unless evidence itself is away. */
  private CallResult notAdmitted(Call call, ReasonCode reason) {
    if (reason != ReasonCode.EVIDENCE_UNAVAILABLE) {
      record(
          call.id(),
          call.task(),
          Facts.fields(call, new Decision.Deny(reason, List.of(), "at admission"))
              .with("reason", Value.of(reason.code())),
          Value.Obj.EMPTY);
    }
    return new CallResult.Refused(call.id(), reason);
  }

  private CallResult deny(
      Attempt attempt, Call call, TaskClass taskClass, Tenant tenant, Decision.Deny deny) {
    record(
        call.id(),
        call.task(),
        Facts.fields(call, deny)
            .with("reason", Value.of(deny.reason().code()))
            .with("agentHeard", Value.of(deny.reason().agentCode()))
            .with("version", Value.of(attempt.active().release().version().value())),
        Facts.body(call, taskClass, tenant, attempt.now()).with("detail", Value.of(deny.detail())));
    return new CallResult.Refused(call.id(), deny.reason());
  }

  private CallResult refuse(
      Attempt attempt, ReasonCode reason, Value.Obj seen, Optional<Task> task) {
    var caller = attempt.request().caller();
    var fields =
        Value.object(
            "agent", caller.id().text(),
            "instance", caller.instance().value(),
            "tool", attempt.tool().name(),
            "arguments", Sha256.of(attempt.request().arguments()),
            "targets", seen.get("targets").orElse(new Value.Array(List.of())),
            "decision", "deny",
            "reason", reason.code(),
            "agentHeard", reason.agentCode(),
            "version", attempt.active().release().version().value());
    var body = Value.object("arguments", attempt.request().arguments());
    ports
        .journal()
        .append(
            entries.ofCall(
                Entry.Kind.REFUSAL,
                caller.id().tenant(),
                attempt.id(),
                task.map(Task::id),
                attempt.now(),
                fields,
                body));
    return new CallResult.Refused(attempt.id(), reason);
  }

  private void record(CallId id, Task task, Value.Obj fields, Value.Obj body) {
    ports
        .journal()
        .append(
            entries.ofCall(
                Entry.Kind.REFUSAL,
                task.tenant(),
                id,
                Optional.of(task.id()),
                ports.clock().instant(),
                fields,
                body));
  }

  private CallResult ask(
      Attempt attempt,
      Call call,
      TaskClass taskClass,
      Tenant tenant,
      Decision.NeedsApproval needs) {
    var within =
        needs.rules().stream()
            .map(TaskClass.AskRule::answerWithin)
            .min(Duration::compareTo)
            .orElseThrow();
    var answerBy = attempt.now().plus(within);
    var digest =
        Sha256.of(
            Value.object(
                "call", call.digest(),
                "version", attempt.active().release().version().value(),
                "rules",
                    Value.texts(
                        needs.rules().stream().map(TaskClass.AskRule::id).sorted().toList())));
    var proposal =
        new Proposal(
            new ProposalId(ports.ids().id()),
            call.task().tenant(),
            call.task().id(),
            call.caller().id(),
            call.caller().instance(),
            call.tool().name(),
            call.arguments(),
            digest,
            needs.rules(),
            attempt.now(),
            answerBy,
            Proposal.State.OPEN);
    var entry =
        entries.ofCall(
            Entry.Kind.PROPOSED,
            call.task().tenant(),
            call.id(),
            Optional.of(call.task().id()),
            attempt.now(),
            Facts.fields(call, needs)
                .with("proposal", Value.of(digest))
                .with("answerBy", Value.of(answerBy.toString()))
                .with("version", Value.of(attempt.active().release().version().value())),
            Facts.body(call, taskClass, tenant, attempt.now()));
    var stored = ports.proposals().propose(proposal, entry);
    return Judge.waiting(stored);
  }
}
