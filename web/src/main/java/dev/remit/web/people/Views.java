package dev.remit.web.people;

import dev.remit.core.approval.Proposal;
import dev.remit.core.evidence.Journal;
import dev.remit.core.kill.Kills;
import dev.remit.core.lease.Lease;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import dev.remit.web.machines.TaskWire;
import java.util.List;
import java.util.Locale;

/** Records of the domain as people's programs read them. */
final class Views {

  private Views() {}

  static Value entry(Journal.Stored stored) {
    var entry = Value.object("leaf", Json.parse(stored.leaf()), "body", stored.body());
    entry = stored.isErased() ? entry.with("erased", Value.of(true)) : entry;
    return stored.index().isPresent() ? entry.with("index", Value.of(stored.index().get())) : entry;
  }

  /** What callers see, and what was claimed about it. */
  static Value task(Task task) {
    return TaskWire.view(task)
        .with(
            "ground",
            Value.object(
                "connector", task.ground().connector().value(),
                "ticket", task.ground().ticket(),
                "requester", task.ground().requester(),
                "subject", task.ground().subject()))
        .with(
            "prompt",
            Value.object(
                "digest", task.prompt().digest(),
                "excerpt", task.prompt().excerpt(),
                "source", "claimed"));
  }

  static Value proposal(Proposal proposal) {
    var view =
        Value.object(
            "handle", proposal.id().value(),
            "tenant", proposal.tenant().value(),
            "kind", proposal.subject().kind(),
            "digest", proposal.digest(),
            "rules", proposal.rules().stream().map(Views::rule).toList(),
            "askedAt", proposal.askedAt().toString(),
            "answerBy", proposal.answerBy().toString(),
            "state", lower(proposal.state()));
    if (proposal.plan().isPresent()) {
      var plan = proposal.plan().get();
      return view.with("task", Value.of(plan.task().value()))
          .with("agent", Value.of(plan.agent().text()))
          .with("tool", Value.of("a plan of " + plan.steps().size() + " steps"))
          .with(
              "steps",
              new Value.Array(
                  plan.steps().stream()
                      .map(step ->
                          (Value) Value.object("tool", step.tool(), "arguments", step.arguments()))
                      .toList()));
    }
    return proposal
        .call()
        .map(call ->
            view.with("task", Value.of(call.task().value()))
                .with("agent", Value.of(call.agent().text()))
                .with("instance", Value.of(call.instance().value()))
                .with("tool", Value.of(call.tool()))
                .with("arguments", call.arguments()))
        .orElse(view);
  }

  static Value lease(Lease lease) {
    var view =
        Value.object(
            "lease", lease.id().value(),
            "tenant", lease.tenant().value(),
            "connector", lease.connector().value(),
            "principal", lease.principal(),
            "scope", lease.scope(),
            "end", lease.end().toString(),
            "replica", lease.replica(),
            "state", lower(lease.state()));
    return lease.task().isPresent()
        ? view.with("task", Value.of(lease.task().get().value()))
        : view;
  }

  static Value kill(Kills.Active kill) {
    return Value.object(
        "scope", kill.scope().text(),
        "mode", kill.mode().text(),
        "by", kill.by(),
        "reason", kill.reason(),
        "at", kill.at().toString());
  }

  private static Value rule(AskRule rule) {
    List<Value> from =
        rule.from().stream()
            .map(
                answers -> (Value) Value.object("count", answers.count(), "group", answers.group()))
            .toList();
    return Value.object("rule", rule.id(), "condition", rule.condition(), "from", from);
  }

  private static String lower(Enum<?> state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
