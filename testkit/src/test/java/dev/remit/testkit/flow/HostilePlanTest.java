package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.OWN_TOO;

import dev.remit.core.approval.PlanStep;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.decision.ReasonCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is written into the store of plans by hand runs nothing. */
class HostilePlanTest extends WaitingPlan {
  private void forge(ProposalId plan, UnaryOperator<List<PlanStep>> change) {
    world.ledgers.forge(
        p ->
            p.id().equals(plan)
                ? new Proposal(
                    p.id(),
                    p.tenant(),
                    new Subject.OfPlan(
                        p.plan().orElseThrow().task(),
                        p.plan().orElseThrow().agent(),
                        p.plan().orElseThrow().instance(),
                        change.apply(p.plan().orElseThrow().steps())),
                    p.digest(),
                    p.rules(),
                    p.parties(),
                    p.facts(),
                    p.askedAt(),
                    p.answerBy(),
                    p.useBy(),
                    p.state())
                : p,
        answers -> answers);
  }

  @Test
  void hostileStepsReorderedInTheDatabaseRunNothing() {
    var plan = granted(step(RESTART, OWN), step(WIPE, OWN_TOO));
    forge(plan, List::reversed);
    assertNothing(resume(plan), ReasonCode.APPROVAL_STALE);
  }

  @Test
  void hostileAStepDroppedInTheDatabaseRunsNothing() {
    var plan = granted(step(RESTART, OWN), step(WIPE, OWN_TOO));
    forge(plan, steps -> steps.subList(1, 2));
    assertNothing(resume(plan), ReasonCode.APPROVAL_STALE);
  }

  @Test
  void hostileAStepDoubledInTheDatabaseRunsNothing() {
    var plan = granted(step(WIPE, OWN), step(WIPE, OWN_TOO));
    forge(plan, steps -> List.of(steps.get(0), steps.get(0), steps.get(1)));
    assertNothing(resume(plan), ReasonCode.APPROVAL_STALE);
  }

  @Test
  void hostileAStepOfAnotherPlanRunsNothing() {
    var plan = granted(step(WIPE, OWN));
    var other = granted(step(WIPE, OWN_TOO));
    forge(plan, steps -> stored(other).plan().orElseThrow().steps());
    assertNothing(resume(plan), ReasonCode.APPROVAL_STALE);
  }

  @Test
  void hostileADeclarationWrittenInRunsNothing() {
    var plan = granted(step(RESTART, OWN), step(WIPE, OWN));
    forge(
        plan,
        steps ->
            steps.stream()
                .map(s ->
                    new PlanStep(s.tool(), s.arguments(), List.of(role(OWN)), s.act(), s.seen()))
                .toList());
    assertNothing(resume(plan), ReasonCode.APPROVAL_STALE);
  }

  @Test
  void hostileRulesTakenAwayInTheDatabaseRunNothing() {
    var plan = asked(step(WIPE, OWN), step(WIPE, OWN_TOO));
    crowd.grant(crowd.sam, plan);
    world.ledgers.forge(
        p ->
            p.id().equals(plan)
                ? p.asking(
                        List.of(
                            new dev.remit.core.task.TaskClass.AskRule(
                                BOTH.id(),
                                BOTH.condition(),
                                List.of(BOTH.from().getFirst()),
                                BOTH.answerWithin(),
                                BOTH.useWithin())),
                        p.parties())
                    .in(
                        Proposal.State.GRANTED,
                        Optional.of(world.clock.instant().plus(Duration.ofDays(1))))
                : p,
        answers -> answers);
    assertNothing(resume(plan), ReasonCode.APPROVAL_STALE);
  }
}
