package dev.remit.core.flow;

import dev.remit.core.approval.PlanStep;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.call.Sha256;
import dev.remit.core.decision.Decision;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry;
import dev.remit.core.identity.Grade;
import dev.remit.core.release.Releases;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Writes down plans of calls that wait for people. */
final class PlanRecords {

  private final Ports ports;
  private final Entries entries;

  PlanRecords(Ports ports, Entries entries) {
    this.ports = ports;
    this.entries = entries;
  }

  /** Asks people, or finds that they were asked; refuses when too many requests wait already. */
  CallResult ask(List<CallFlow.Thought> thoughts, List<PlanStep> steps, Releases.Active active) {
    var proposal = proposal(thoughts, steps, active);
    var now = thoughts.getFirst().attempt().now();
    var fields =
        Value.object(
            "steps", thoughts.stream().map(PlanRecords::told).toList(),
            "version", active.release().version().value());
    var decision =
        entries.ofProposal(
            Entry.Kind.DECISION,
            proposal,
            now,
            fields,
            Value.object("steps", thoughts.stream().map(t -> t.attempt().asked()).toList()));
    var request =
        entries.ofProposal(
            Entry.Kind.PROPOSED,
            proposal,
            now,
            fields
                .with("answerBy", Value.of(proposal.answerBy().toString()))
                .with("from", Value.texts(Judge.from(proposal.rules()))),
            proposal.facts());
    return ports
        .proposals()
        .propose(proposal, Fatigue.CAPS, Optional.of(decision), request)
        .<CallResult>map(Judge::waiting)
        .orElseGet(() ->
            new CallResult.Refused(thoughts.getFirst().call().id(), ReasonCode.LIMIT_EXCEEDED));
  }

  private static Value told(CallFlow.Thought thought) {
    var call = thought.call();
    return Value.object(
        "tool", call.tool().name(),
        "digest", call.digest(),
        "arguments", Sha256.of(call.arguments()),
        "targets", call.targets().stream().map(Facts::target).toList(),
        "decision", Facts.name(thought.decision()),
        "determining", Value.texts(thought.decision().determining()));
  }

  private Proposal proposal(
      List<CallFlow.Thought> thoughts, List<PlanStep> steps, Releases.Active active) {
    var call = thoughts.getFirst().call();
    var now = thoughts.getFirst().attempt().now();
    var rules = rules(thoughts);
    var plan =
        new Subject.OfPlan(call.task().id(), call.caller().id(), call.caller().instance(), steps);
    return new Proposal(
        new ProposalId(ports.ids().id()),
        call.task().tenant(),
        plan,
        PlanDigest.of(plan, rules),
        rules,
        CallRecords.parties(call, active.release()),
        card(thoughts, rules, active),
        now,
        now.plus(rules.stream().map(AskRule::answerWithin).min(Duration::compareTo).orElseThrow()),
        Optional.empty(),
        Proposal.State.OPEN);
  }

  /** Every rule that any step asks by, each once. */
  private static List<AskRule> rules(List<CallFlow.Thought> thoughts) {
    var rules = new TreeMap<String, AskRule>();
    for (var thought : thoughts) {
      if (thought.decision() instanceof Decision.NeedsApproval needs) {
        needs.rules().forEach(rule -> rules.put(rule.id(), rule));
      }
    }
    return List.copyOf(rules.values());
  }

  /** The card of a plan: what its steps share, and each step with all that it would do. */
  private static Value.Obj card(
      List<CallFlow.Thought> thoughts, List<AskRule> rules, Releases.Active active) {
    var steps = new ArrayList<Value>();
    var risk = Grade.OBSERVE;
    var shared = Value.Obj.EMPTY;
    for (var thought : thoughts) {
      var asking =
          thought.decision() instanceof Decision.NeedsApproval needs
              ? needs.rules()
              : List.<AskRule>of();
      shared =
          Facts.card(
              thought.call(),
              thought.taskClass(),
              thought.tenant(),
              thought.decision().determining(),
              asking,
              active);
      var own = Grade.parse(shared.text("risk").orElseThrow());
      risk = own.compareTo(risk) > 0 ? own : risk;
      steps.add(
          Value.object(
              "title", thought.call().tool().title(),
              "risk", own.text(),
              "isAsked", thought.decision() instanceof Decision.NeedsApproval,
              "connector", thought.call().tool().connector().value(),
              "pin", thought.call().tool().pin(),
              "targets", new Value.Array(shared.items("targets"))));
    }
    return shared
        .without("connector")
        .without("pin")
        .with("title", Value.of("a plan of " + thoughts.size() + " steps"))
        .with("risk", Value.of(risk.text()))
        .with("targets", new Value.Array(List.of()))
        .with("why", Value.texts(rules.stream().map(active.decisionPoint()::wordsOf).toList()))
        .with("steps", new Value.Array(steps));
  }
}
