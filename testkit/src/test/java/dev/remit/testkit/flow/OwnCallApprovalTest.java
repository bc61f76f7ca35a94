package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.device;
import static dev.remit.testkit.flow.FlowWorld.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.execution.Cut;
import dev.remit.core.flow.Approvals;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.CallResult.Answered;
import dev.remit.core.flow.CallResult.Refused;
import dev.remit.core.flow.OwnCalls.Seat;
import dev.remit.core.flow.OwnCalls.Wish;
import dev.remit.core.flow.TaskResult;
import dev.remit.core.identity.Person;
import dev.remit.core.kill.KillScope;
import dev.remit.core.task.Task;
import dev.remit.core.tenant.Environment;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people ask for themselves, others answer. */
class OwnCallApprovalTest {
  private final FlowWorld world = new FlowWorld();
  private final Crowd crowd = new Crowd(world);

  /** Otto works and might answer for others: he is a senior too. */
  private final Crowd.Human otto = crowd.enrolled(Crowd.msp("otto", "hands", "seniors"), crowd.ada);

  private Task task = null;
  private ProposalId proposal = new ProposalId("none");

  OwnCallApprovalTest() {
    var wish =
        new Wish(
            Environment.PRODUCTION,
            "service",
            "500",
            Set.of(device(OWN)),
            Set.of(),
            Optional.empty());
    task = ((TaskResult.Told) world.drivers().ownCalls().open(seat(), wish)).task();
  }

  @BeforeEach
  void aWipeOfOttosWaits() {
    world.policy.ask(WIPE, WaitingWipe.BOTH);
    proposal = WaitingWipe.waiting(call());
    world.watch.forget();
  }

  private Seat seat() {
    return seat(otto);
  }

  private Seat seat(Crowd.Human human) {
    return new Seat(human.person(), HARBOR, world.clock.instant().plus(Duration.ofHours(8)));
  }

  private CallResult call() {
    return world
        .drivers()
        .ownCalls()
        .call(seat(), task.id(), WIPE, on(OWN), Optional.empty(), new Cut());
  }

  private CallResult resume() {
    return world.drivers().ownCalls().resume(seat(), proposal, new Cut());
  }

  private void grant() {
    assertThat(crowd.grant(crowd.sam, proposal)).isInstanceOf(Approvals.Counted.class);
    assertThat(crowd.grant(crowd.hanna, proposal)).isInstanceOf(Approvals.Counted.class);
  }

  private void assertRefused(CallResult result, ReasonCode reason) {
    assertThat(result)
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.reason()).isEqualTo(reason));
    assertThat(world.isAnythingSentToChange()).isFalse();
  }

  @Test
  void aPersonNeverAnswersForTheirOwnCall() {
    assertThat(crowd.grant(otto, proposal))
        .isInstanceOfSatisfying(
            Approvals.NotCounted.class, n -> assertThat(n.why()).contains("you asked for this"));
    assertThat(crowd.card(otto, proposal).orElseThrow().whyNot()).contains("you asked for this");
    crowd.grant(crowd.hanna, proposal);
    assertThat(resume()).isInstanceOf(CallResult.Waiting.class);
    assertThat(world.isAnythingSentToChange()).isFalse();
  }

  @Test
  void othersGrantItAndItRunsOnce() {
    assertThat(resume()).isInstanceOf(CallResult.Waiting.class);
    grant();
    var first = resume();
    assertThat(first).isInstanceOf(Answered.class);
    assertThat(((Answered) resume()).call()).isEqualTo(((Answered) first).call());
    assertThat(world.watch.events().stream().filter("vendor.execute"::equals)).hasSize(1);
  }

  @Test
  void theCardNamesThePerson() {
    assertThat(crowd.card(crowd.sam, proposal).orElseThrow().agent()).contains("staff/otto");
  }

  @Test
  void nobodyElseRunsIt() {
    grant();
    var ole = Crowd.human(Crowd.msp("ole", "hands"));
    assertRefused(
        world.drivers().ownCalls().resume(seat(ole), proposal, new Cut()),
        ReasonCode.APPROVAL_INSUFFICIENT);
    assertRefused(
        world.drivers().resume(world.desk, proposal, new Cut()), ReasonCode.APPROVAL_INSUFFICIENT);
  }

  @Test
  void aDeviceThatMovedMakesItStale() {
    grant();
    world.move(OWN, "2");
    assertThat(((Refused) resume()).reason().agentCode()).isEqualTo("target-not-available");
    assertThat(world.isAnythingSentToChange()).isFalse();
  }

  @Test
  void anAnswerIsNotUsedAfterItsTime() {
    grant();
    world.pass(Duration.ofMinutes(41));
    world.seeInventory();
    assertThat(resume()).isInstanceOf(dev.remit.core.flow.CallResult.Ended.class);
    assertThat(world.isAnythingSentToChange()).isFalse();
  }

  @Test
  void aHoldOrAKillStandsBeforeAGrantedCall() {
    grant();
    world.drivers().taskDesk().hold(crowd.olga.person(), HARBOR, task.id(), "wait");
    assertRefused(resume(), ReasonCode.NO_TASK);
    world.drivers().taskDesk().goOn(crowd.olga.person(), HARBOR, task.id(), "go");
    world.drivers().oversight().kill(KillScope.tenant(HARBOR), "officer", "x");
    assertThat(resume()).isInstanceOf(dev.remit.core.flow.CallResult.Ended.class);
    assertThat(world.isAnythingSentToChange()).isFalse();
  }

  @Test
  void anotherSessionOfTheSamePersonGoesOnAfterARestart() {
    grant();
    world.restart();
    assertThat(resume()).isInstanceOf(Answered.class);
  }

  @Test
  void ottosSecondAccountDoesNotAnswerForHim() {
    var like = Crowd.msp("otto.private", "seniors");
    var second =
        crowd.enrolled(
            new Person(
                like.id(),
                like.name(),
                like.organisation(),
                like.groups(),
                Optional.of("Otto@staff.example"),
                like.signedInAt()),
            crowd.ada);
    assertThat(crowd.grant(second, proposal))
        .isEqualTo(new Approvals.NotCounted("you asked for this"));
  }
}
