package dev.remit.core.flow;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.call.Call;
import dev.remit.core.call.CallId;
import dev.remit.core.call.Sha256;
import dev.remit.core.decision.Decision;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry;
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
  CallResult notAdmitted(Call call, ReasonCode reason) {
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

  CallResult deny(
      CallAttempt attempt, Call call, TaskClass taskClass, Tenant tenant, Decision.Deny deny) {
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

  CallResult refuse(CallAttempt attempt, ReasonCode reason, Value.Obj seen, Optional<Task> task) {
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

  CallResult ask(
      CallAttempt attempt,
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
