package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.HEALTH;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static dev.remit.testkit.flow.FlowWorld.FOREIGN;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.OWN_TOO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.approval.PlanStep;
import dev.remit.core.approval.Proposal;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Execution;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.CallResult.Answered;
import dev.remit.core.flow.CallResult.NoPlan;
import dev.remit.core.flow.CallResult.Refused;
import dev.remit.core.flow.PlanRequest;
import dev.remit.core.identity.Caller;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.testkit.FakeConnector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several calls that people answer as one, and that run one after the other. */
class PlanTest extends WaitingPlan {
  @Test
  void aPlanIsOneRequestOneCardAndEachStepRunsInItsOrder() {
    var plan = asked(step(RESTART, OWN), step(WIPE, OWN_TOO));
    assertThat(done).isEmpty();
    assertThat(world.ofTasks(Kind.PROPOSED)).hasSize(2);
    var card = crowd.card(crowd.sam, plan).orElseThrow();
    assertThat(card.kind()).isEqualTo("plan");
    assertThat(card.risk()).isEqualTo("destructive");
    assertThat(card.steps())
        .extracting(
            s -> s.action() + " " + s.arguments().text("device").orElseThrow(), s -> s.isAsked())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(RESTART + " " + OWN, false),
            org.assertj.core.groups.Tuple.tuple(WIPE + " " + OWN_TOO, true));
    assertThat(card.steps().getLast().targets().getFirst().binding()).containsExactly("role");
    crowd.grant(crowd.sam, plan);
    crowd.grant(crowd.hanna, plan);
    var told = planned(resume(plan));
    assertThat(done).containsExactly(RESTART + " " + OWN, WIPE + " " + OWN_TOO);
    assertThat(told.isOver()).isTrue();
    assertThat(told.steps()).hasSize(2).allMatch(Answered.class::isInstance);
    assertThat(stored(plan).state()).isEqualTo(Proposal.State.CONSUMED);
    assertThat(planned(resume(plan))).as("repeated").isEqualTo(told);
    assertThat(done).hasSize(2);
  }

  @Test
  void anotherProcessTellsTheSameOfItAndSendsNothing() {
    var plan = granted(step(RESTART, OWN), step(WIPE, OWN_TOO));
    resume(plan);
    world.restart();
    var told = planned(resume(plan));
    assertThat(told.steps()).hasSize(2).allMatch(Answered.class::isInstance);
    assertThat(done).hasSize(2);
  }

  @Test
  void itWaitsLikeACallAndEqualPlansCollapse() {
    var plan = asked(step(RESTART, OWN), step(WIPE, OWN_TOO));
    assertThat(asked(step(RESTART, OWN), step(WIPE, OWN_TOO))).isEqualTo(plan);
    assertThat(asked(step(WIPE, OWN_TOO), step(RESTART, OWN))).as("reordered").isNotEqualTo(plan);
    assertThat(waiting(resume(plan))).isEqualTo(plan);
    assertThat(done).isEmpty();
  }

  @Test
  void aDeniedStepRefusesThePlanAndNobodyIsAsked() {
    world.policy.deny(RESTART, ReasonCode.GUARDRAIL);
    assertThat(propose(world.desk, step(WIPE, OWN), step(RESTART, OWN)))
        .isInstanceOfSatisfying(
            NoPlan.class,
            no -> {
              assertThat(no.step()).isEqualTo(2);
              assertThat(no.why()).isInstanceOf(Refused.class);
            });
    assertThat(world.ofTasks(Kind.PROPOSED)).as("the wipe of before alone").hasSize(1);
  }

  @Test
  void aStepAtAnotherTenantRefusesThePlanAndSoundsLikeAnUnknownTarget() {
    for (String device : List.of(FOREIGN, "no-such")) {
      assertThat(propose(world.desk, step(WIPE, OWN), step(WIPE, device)))
          .isInstanceOfSatisfying(
              NoPlan.class,
              no ->
                  assertThat(((Refused) no.why()).reason().agentCode())
                      .isEqualTo("target-not-available"));
    }
  }

  @Test
  void aPlanThatAsksNobodyIsNone() {
    assertThatThrownBy(() -> propose(world.desk, step(RESTART, OWN)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("make the calls");
    assertThatThrownBy(() -> propose(world.desk)).isInstanceOf(InvalidValueException.class);
    var many = Collections.nCopies(21, step(WIPE, OWN)).toArray(PlanRequest.Step[]::new);
    assertThatThrownBy(() -> propose(world.desk, many)).isInstanceOf(InvalidValueException.class);
  }

  @Test
  void aStepDeclaresOnlyBindingAttributesOfItsOwnTargets() {
    assertThatThrownBy(() -> asked(step(WIPE, OWN, role(OWN_TOO))))
        .isInstanceOf(InvalidValueException.class);
    var contact = new PlanStep.Change(FlowWorld.device(OWN).text(), "lastContact");
    assertThatThrownBy(() -> asked(step(WIPE, OWN, contact)))
        .isInstanceOf(InvalidValueException.class);
    var owner = new PlanStep.Change(FlowWorld.device(OWN).text(), "tenant");
    assertThatThrownBy(() -> asked(step(WIPE, OWN, owner)))
        .isInstanceOf(InvalidValueException.class);
  }

  private void promotes(String device) {
    world.vendor.on(
        RESTART,
        (request, cut) -> {
          done.add(RESTART + " " + device);
          world.put(FlowWorld.reading(device, "1", "server", "2"));
          return FakeConnector.done();
        });
  }

  @Test
  void whatAnEarlierStepSaidItChangesMayBeChanged() {
    var plan = granted(step(RESTART, OWN, role(OWN)), step(WIPE, OWN));
    promotes(OWN);
    assertThat(planned(resume(plan)).steps()).hasSize(2).allMatch(Answered.class::isInstance);
    assertThat(done).containsExactly(RESTART + " " + OWN, WIPE + " " + OWN);
  }

  @Test
  void whatNoStepSaidItChangesMakesThePlanStale() {
    var plan = granted(step(RESTART, OWN), step(WIPE, OWN));
    promotes(OWN);
    var told = planned(resume(plan));
    assertThat(((Refused) told.steps().getLast()).reason()).isEqualTo(ReasonCode.APPROVAL_STALE);
    assertThat(told.isOver()).isTrue();
    assertThat(done).containsExactly(RESTART + " " + OWN);
    assertThat(stored(plan).state()).isEqualTo(Proposal.State.STALE);
  }

  @Test
  void whatALaterStepSaysItChangesIsNoExcuseForAnEarlierOne() {
    var plan = granted(step(RESTART, OWN), step(WIPE, OWN, role(OWN)));
    world.put(FlowWorld.reading(OWN, "1", "server", "2"));
    assertNothing(resume(plan), ReasonCode.APPROVAL_STALE);
  }

  @Test
  void aDeviceThatMovedStopsIt() {
    var plan = granted(step(RESTART, OWN, role(OWN)), step(WIPE, OWN));
    world.move(OWN, "2");
    var told = resume(plan);
    assertThat(((Refused) planned(told).steps().getLast()).reason().agentCode())
        .isEqualTo("target-not-available");
    assertThat(done).isEmpty();
  }

  @Test
  void policyThatChangedStopsIt() {
    var plan = granted(step(RESTART, OWN), step(WIPE, OWN));
    world.policy.rewrite("baseline", "other words");
    assertNothing(resume(plan), ReasonCode.APPROVAL_STALE);
  }

  @Test
  void itStopsAtTheFirstStepThatDoesNotSucceedForGood() {
    var plan = granted(step(RESTART, OWN), step(WIPE, OWN_TOO));
    world.vendor.on(RESTART, (request, cut) -> new Execution.Rejected("no", Value.Obj.EMPTY));
    var told = planned(resume(plan));
    assertThat(told.steps()).hasSize(1);
    assertThat(told.isOver()).isTrue();
    assertThat(stored(plan).state()).isEqualTo(Proposal.State.CONSUMED);
    assertThat(planned(resume(plan)).steps()).hasSize(1);
    world.restart();
    assertThat(planned(resume(plan)).steps()).hasSize(1);
    assertThat(done).isEmpty();
  }

  @Test
  void aStepThatCouldNotBeMadeIsMadeLaterByAnotherProcess() {
    var plan = granted(step(RESTART, OWN), step(WIPE, OWN_TOO));
    world.vendor.on(
        RESTART,
        (request, cut) -> {
          done.add(RESTART + " " + OWN);
          world.watch.takeAway("calls.admit");
          return FakeConnector.done();
        });
    var told = planned(resume(plan));
    assertThat(told.isOver()).isFalse();
    assertThat(told.steps()).hasSize(2);
    world.watch.bringBack();
    world.restart();
    assertThat(planned(resume(plan)).isOver()).isTrue();
    assertThat(done).containsExactly(RESTART + " " + OWN, WIPE + " " + OWN_TOO);
  }

  @Test
  void severalWhoContinueItAtOnceMakeEachStepOnce() {
    var plan = granted(step(RESTART, OWN), step(WIPE, OWN_TOO));
    var other = world.process("two");
    var turns = new ArrayList<>(List.of(world.drivers(), other, world.drivers(), other));
    Together.all(
        4,
        () -> {
          dev.remit.core.flow.Drivers mine;
          synchronized (turns) {
            mine = turns.removeFirst();
          }
          return mine.resume(world.desk, plan, new Cut());
        });
    resume(plan);
    assertThat(done).containsExactly(RESTART + " " + OWN, WIPE + " " + OWN_TOO);
    assertThat(planned(resume(plan)).isOver()).isTrue();
  }

  @Test
  void aPlanIsNoAuthorityForAnybodyElseAndItsStepsAreNoHandles() {
    var plan = granted(step(WIPE, OWN), step(WIPE, OWN_TOO));
    var copy =
        new Caller.Agent(
            world.desk.id(),
            new dev.remit.core.identity.InstanceId("another"),
            true,
            world.desk.expiresAt());
    assertNothing(world.drivers().resume(copy, plan, new Cut()), ReasonCode.APPROVAL_INSUFFICIENT);
    assertNothing(resume(plan.ofStep(1)), ReasonCode.APPROVAL_INSUFFICIENT);
    assertThat(world.ledgers.proposals().find(HARBOR, plan.ofStep(1))).isEmpty();
  }

  @Test
  void anApprovedPlanIsNoApprovalOfItsCalls() {
    granted(step(WIPE, OWN_TOO), step(HEALTH, OWN));
    waiting(world.call(WIPE, OWN_TOO));
    assertThat(done).isEmpty();
  }

  @Test
  void afterItsTimeToUseNothingMoreRuns() {
    var plan = granted(step(RESTART, OWN), step(WIPE, OWN_TOO));
    world.pass(BOTH.useWithin());
    assertThat(resume(plan)).isInstanceOf(CallResult.Ended.class);
    assertThat(done).isEmpty();
  }

  @Test
  void twoRefusedPlansEndTheTask() {
    crowd.refuse(crowd.hanna, asked(step(WIPE, OWN), step(RESTART, OWN)));
    crowd.refuse(crowd.hanna, asked(step(WIPE, OWN_TOO), step(RESTART, OWN)));
    assertThat(world.ledgers.tasks().find(HARBOR, task.id()).orElseThrow().state().isLive())
        .isFalse();
  }
}
