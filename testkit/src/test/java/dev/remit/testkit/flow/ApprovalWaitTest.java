package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.DESK;
import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.NORTHWIND;
import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.OWN_TOO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.execution.Cut;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.CallResult.Refused;
import dev.remit.core.flow.CallResult.Waiting;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.GradeFamily;
import dev.remit.core.kill.KillScope;
import dev.remit.core.task.Task;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApprovalWaitTest {
  private static final Duration ANSWER_WITHIN = Duration.ofMinutes(5);
  private final FlowWorld world = new FlowWorld();

  @BeforeEach
  void peopleAreAskedForWipes() {
    world.policy.ask(WIPE, ANSWER_WITHIN);
  }

  private Waiting waiting(CallResult result) {
    assertThat(result).isInstanceOf(Waiting.class);
    return (Waiting) result;
  }

  private CallResult resume(Caller.Agent caller, ProposalId handle) {
    return world.drivers().resume(caller, handle, new Cut());
  }

  private void assertNothingToResume(CallResult result) {
    assertThat(result)
        .satisfiesAnyOf(
            told -> assertThat(told).isInstanceOf(CallResult.Ended.class),
            told ->
                assertThat(told)
                    .isInstanceOfSatisfying(
                        Refused.class,
                        r -> assertThat(r.reason()).isEqualTo(ReasonCode.APPROVAL_INSUFFICIENT)));
    assertThat(world.isAnythingSent()).isFalse();
  }

  private Proposal.State state(Waiting wait) {
    return world.ledgers.proposals().find(HARBOR, wait.handle()).orElseThrow().state();
  }

  @Test
  void aCallThatWaitsIsStoredAndNothingIsSent() {
    world.open();
    var wait = waiting(world.call(WIPE, OWN));
    assertThat(wait.from()).containsExactly("1 of msp.senior-technicians");
    assertThat(wait.answerBy()).isEqualTo(world.clock.instant().plus(ANSWER_WITHIN));
    assertThat(world.isAnythingSent()).isFalse();
    assertThat(world.intents()).isEmpty();
    assertThat(world.entries(Kind.PROPOSED)).hasSize(1);
  }

  @Test
  void equalProposalsCollapse() {
    world.open();
    var first = waiting(world.call(WIPE, OWN));
    world.pass(Duration.ofMinutes(1));
    assertThat(waiting(world.call(WIPE, OWN))).isEqualTo(first);
    assertThat(world.entries(Kind.PROPOSED)).hasSize(1);
  }

  @Test
  void anotherTargetIsAnotherProposal() {
    world.open();
    var first = waiting(world.call(WIPE, OWN));
    assertThat(waiting(world.call(WIPE, OWN_TOO)).handle()).isNotEqualTo(first.handle());
  }

  @Test
  void aTargetInAnotherRoleIsAnotherProposal() {
    world.open();
    var first = waiting(world.call(WIPE, OWN));
    world.put(FlowWorld.reading(OWN, "1", "server", "2"));
    world.seeInventory();
    assertThat(waiting(world.call(WIPE, OWN)).handle()).isNotEqualTo(first.handle());
  }

  @Test
  void aHeartbeatIsNoOtherProposal() {
    world.open();
    var first = waiting(world.call(WIPE, OWN));
    world.put(FlowWorld.reading(OWN, "1", "workstation", "2"));
    world.seeInventory();
    assertThat(waiting(world.call(WIPE, OWN)).handle()).isEqualTo(first.handle());
  }

  @Test
  void resumingAnOpenProposalSaysThatItWaits() {
    world.open();
    var wait = waiting(world.call(WIPE, OWN));
    assertThat(resume(world.desk, wait.handle())).isEqualTo(wait);
    assertThat(world.isAnythingSent()).isFalse();
  }

  @Test
  void silenceIsANo() {
    world.open();
    var wait = waiting(world.call(WIPE, OWN));
    world.pass(ANSWER_WITHIN);
    assertNothingToResume(resume(world.desk, wait.handle()));
    world.drivers().sweeper().tick();
    world.drivers().sweeper().tick();
    assertThat(state(wait)).isEqualTo(Proposal.State.EXPIRED);
    assertThat(world.entries(Kind.PROPOSAL_ENDED)).hasSize(1);
    assertNothingToResume(resume(world.desk, wait.handle()));
  }

  @Test
  void anExpiredProposalIsNotFoundAgainByTheSameCall() {
    world.open();
    var wait = waiting(world.call(WIPE, OWN));
    world.pass(ANSWER_WITHIN);
    assertThat(waiting(world.call(WIPE, OWN)).handle()).isNotEqualTo(wait.handle());
  }

  @Test
  void aProposalIsWithdrawnWithItsTask() {
    var task = world.open();
    var wait = waiting(world.call(WIPE, OWN));
    world.drivers().closeTask(world.desk, task.id(), Task.State.DONE);
    assertThat(state(wait)).isEqualTo(Proposal.State.WITHDRAWN);
    assertNothingToResume(resume(world.desk, wait.handle()));
  }

  @Test
  void aProposalIsWithdrawnByAKill() {
    world.open();
    var wait = waiting(world.call(WIPE, OWN));
    world.drivers().oversight().kill(KillScope.agent(world.desk.id()), "officer", "test");
    assertThat(state(wait)).isEqualTo(Proposal.State.WITHDRAWN);
    assertNothingToResume(resume(world.desk, wait.handle()));
  }

  @Test
  void aHandleIsNoAuthorityForAnybodyElse() {
    world.open();
    var wait = waiting(world.call(WIPE, OWN));
    var copy = world.agent(DESK, HARBOR, GradeFamily.DESTRUCTIVE, "another");
    var other = world.agent(DESK, HARBOR, GradeFamily.CHANGE, "one");
    var foreign = world.agent(DESK, NORTHWIND, GradeFamily.DESTRUCTIVE, "one");
    for (var caller : java.util.List.of(copy, other, foreign)) {
      assertNothingToResume(resume(caller, wait.handle()));
    }
    assertNothingToResume(resume(world.desk, new ProposalId("made-up")));
  }

  @Test
  void withTheDatabaseAwayNothingIsStoredAndTheAnswerSaysSo() {
    world.open();
    world.watch.takeAway("proposals.");
    assertThat(world.call(WIPE, OWN))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.reason()).isEqualTo(ReasonCode.EVIDENCE_UNAVAILABLE));
    assertThat(resume(world.desk, new ProposalId("any")))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.reason()).isEqualTo(ReasonCode.EVIDENCE_UNAVAILABLE));
  }
}
