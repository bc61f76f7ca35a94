package dev.remit.core.flow;

import dev.remit.core.approval.Asker;
import dev.remit.core.approval.Parties;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.call.Call;
import dev.remit.core.call.CallId;
import dev.remit.core.call.Sha256;
import dev.remit.core.call.Tool;
import dev.remit.core.decision.Decision;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.delegation.Chain;
import dev.remit.core.evidence.Entry;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.Caller;
import dev.remit.core.release.Release;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskClass;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Writes down calls that are not made: refused ones, and those that wait for people. */
final class CallRecords {

  private final Ports ports;
  private final Entries entries;

  CallRecords(Ports ports, Entries entries) {
    this.ports = ports;
    this.entries = entries;
  }

  /** A refusal at admission is recorded like any other, unless evidence itself is away. */
  CallResult notAdmitted(CallAttempt attempt, Call call, ReasonCode reason) {
    if (reason != ReasonCode.EVIDENCE_UNAVAILABLE) {
      record(
          call.id(),
          call.task(),
          Facts.fields(call, new Decision.Deny(reason, List.of(), "at admission"))
              .with("reason", Value.of(reason.code()))
              .with("version", Value.of(attempt.active().release().version().value())),
          attempt.asked());
      count(call.task(), call.tool(), reason);
    }
    return new CallResult.Refused(call.id(), reason);
  }

  CallResult deny(CallAttempt attempt, Call call, Decision.Deny deny) {
    record(
        call.id(),
        call.task(),
        Facts.fields(call, deny)
            .with("reason", Value.of(deny.reason().code()))
            .with("agentHeard", Value.of(deny.reason().agentCode()))
            .with("version", Value.of(attempt.active().release().version().value())),
        attempt.asked().with("detail", Value.of(deny.detail())));
    count(call.task(), call.tool(), deny.reason());
    return new CallResult.Refused(call.id(), deny.reason());
  }

  CallResult refuse(CallAttempt attempt, ReasonCode reason, Value.Obj seen, Optional<Task> task) {
    var caller = attempt.request().caller();
    var fields =
        Facts.by(
            caller,
            "tool",
            attempt.tool().name(),
            "arguments",
            Sha256.of(attempt.request().arguments()),
            "targets",
            seen.get("targets").orElse(new Value.Array(List.of())),
            "decision",
            "deny",
            "reason",
            reason.code(),
            "agentHeard",
            reason.agentCode(),
            "version",
            attempt.active().release().version().value());
    var body = Value.object("arguments", kept(attempt.request().arguments()), "seen", seen);
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
    task.ifPresent(known -> count(known, attempt.tool(), reason));
    var named = seen.integer("named");
    var atMost = seen.integer("atMost");
    return named.isPresent() && atMost.isPresent()
        ? new CallResult.TooMany(attempt.id(), named.get().intValue(), atMost.get().intValue())
        : new CallResult.Refused(attempt.id(), reason);
  }

  /** A store is away: the refusal is kept where the journal has a place for that. */
  CallResult unavailable(CallAttempt attempt) {
    try {
      return refuse(attempt, ReasonCode.EVIDENCE_UNAVAILABLE, Value.Obj.EMPTY, Optional.empty());
    } catch (RuntimeException e) {
      return new CallResult.Refused(attempt.id(), ReasonCode.EVIDENCE_UNAVAILABLE);
    }
  }

  /** Evidence holds no secret, whatever a call was refused for. */
  private Value.Obj kept(Value.Obj arguments) {
    return ports
        .secrets()
        .in(arguments)
        .map(found -> Value.object("withheld", found))
        .orElse(arguments);
  }

  /**
   * Attempts count in rates, too, so that trying again and again is no way; but for those refused
   * because a limit is used up, or nobody who waits too little would ever get through.
   */
  private void count(Task task, Tool tool, ReasonCode reason) {
    if (reason == ReasonCode.LIMIT_EXCEEDED) {
      return;
    }
    try {
      ports
          .releases()
          .active()
          .release()
          .taskClass(task.taskClass(), task.tenant())
          .map(taskClass -> Usage.refused(task, tool, taskClass, ports.clock().instant()))
          .ifPresent(ports.calls()::attempted);
    } catch (RuntimeException e) {
      // The refusal stands whether or not it could be counted.
    }
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

  /** Asks people, or finds that they were asked; refuses when too many requests wait already. */
  CallResult ask(
      CallAttempt attempt,
      Call call,
      TaskClass taskClass,
      Tenant tenant,
      Decision.NeedsApproval needs,
      String digest) {
    var proposal = proposal(attempt, call, taskClass, tenant, needs, digest);
    var fields =
        Facts.fields(call, needs)
            .with("version", Value.of(attempt.active().release().version().value()));
    var decision = ofCall(Entry.Kind.DECISION, attempt, call, fields, attempt.asked());
    var request =
        ofCall(
            Entry.Kind.PROPOSED,
            attempt,
            call,
            fields
                .with("proposal", Value.of(digest))
                .with("handle", Value.of(proposal.id().value()))
                .with("answerBy", Value.of(proposal.answerBy().toString()))
                .with("from", Value.texts(Judge.from(needs.rules()))),
            proposal.facts());
    return ports
        .proposals()
        .propose(proposal, Fatigue.CAPS, Optional.of(decision), request)
        .<CallResult>map(Judge::waiting)
        .orElseGet(() -> notAdmitted(attempt, call, ReasonCode.LIMIT_EXCEEDED));
  }

  private Entry ofCall(
      Entry.Kind kind, CallAttempt attempt, Call call, Value.Obj fields, Value.Obj body) {
    return entries.ofCall(
        kind,
        call.task().tenant(),
        call.id(),
        Optional.of(call.task().id()),
        attempt.now(),
        fields,
        body);
  }

  private Proposal proposal(
      CallAttempt attempt,
      Call call,
      TaskClass taskClass,
      Tenant tenant,
      Decision.NeedsApproval needs,
      String digest) {
    var within =
        needs.rules().stream()
            .map(TaskClass.AskRule::answerWithin)
            .min(Duration::compareTo)
            .orElseThrow();
    var release = attempt.active().release();
    return new Proposal(
        new ProposalId(ports.ids().id()),
        call.task().tenant(),
        new Subject.OfCall(
            call.task().id(),
            call.caller().id(),
            call.caller().instance(),
            call.tool().name(),
            call.arguments(),
            attempt.request().idempotencyKey()),
        digest,
        needs.rules(),
        parties(call, release),
        Facts.card(call, taskClass, tenant, needs, attempt.active()),
        attempt.now(),
        attempt.now().plus(within),
        Optional.empty(),
        Proposal.State.OPEN);
  }

  /** Who has a part in a call already, and answers nothing about it. */
  static Parties parties(Call call, Release release) {
    var asker =
        call.caller() instanceof Caller.OfPerson own
            ? Optional.of(Asker.of(own.person()))
            : Optional.<Asker>empty();
    return new Parties(
        Optional.of(call.task().ground().requester()),
        asker.isPresent()
            ? Optional.empty()
            : release.agentClassOf(call.caller()).map(AgentClass::owners),
        true,
        release.authors(),
        asker,
        Chain.owners(release, call.task().lineage()));
  }
}
