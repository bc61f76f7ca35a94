package dev.remit.core.flow;

import dev.remit.core.approval.PlanStep;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.Subject;
import dev.remit.core.call.Call;
import dev.remit.core.call.Sha256;
import dev.remit.core.decision.Decision;
import dev.remit.core.release.Releases;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.value.Value;
import java.util.List;

/**
 * What the approval of a plan is bound to: its steps in their order, each with its call, what
 * policy said of it and what its targets' records said, and everybody who was asked.
 *
 * @see ProposalDigest
 */
final class PlanDigest {

  private PlanDigest() {}

  static String of(Subject.OfPlan plan, List<AskRule> rules) {
    return Sha256.of(
        Value.object(
            "kind", "plan",
            "task", plan.task().value(),
            "agent", plan.agent().text(),
            "instance", plan.instance().value(),
            "steps", plan.steps().stream().map(PlanStep::value).toList(),
            "rules", ProposalDigest.rules(rules)));
  }

  /** All of a step but what its targets' records say. */
  static String act(Call call, Decision decision, Releases.Active active) {
    var act =
        call.act()
            .with("decision", Value.of(Facts.name(decision)))
            .with("policies", ProposalDigest.policies(decision.determining(), active));
    return Sha256.of(
        decision instanceof Decision.NeedsApproval needs
            ? act.with("rules", ProposalDigest.rules(needs.rules()))
                .with("groups", ProposalDigest.groups(needs.rules(), active, call.task().tenant()))
            : act);
  }

  /**
   * Whether the call as it is now is this step of the plan that was signed, whatever a row says.
   */
  static boolean isStill(
      Proposal plan, int step, Call call, Decision decision, Releases.Active active) {
    if (plan.plan().isEmpty()) {
      return false;
    }
    var steps = plan.plan().get().steps();
    return step <= steps.size()
        && plan.digest().equals(of(plan.plan().get(), plan.rules()))
        && steps
            .get(step - 1)
            .isStill(act(call, decision, active), call.seen(), steps.subList(0, step - 1));
  }
}
