package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.approval.Proposal;
import dev.remit.core.call.CallRequest;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Outcome;
import dev.remit.core.flow.CallResult.Answered;
import dev.remit.core.flow.CallResult.Joined;
import dev.remit.core.flow.CallResult.Refused;
import dev.remit.core.flow.CallResult.Waiting;
import dev.remit.core.kill.KillScope;
import dev.remit.core.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a granted approval releases: one effect, whoever asks and however often. */
class ResumeTest extends ResumableWipe {
  @Test
  void aGrantedCallRunsOnce() {
    grant();
    assertDone(resume());
    assertThat(stored(proposal).state()).isEqualTo(Proposal.State.CONSUMED);
    assertThat(world.intents()).hasSize(1);
    assertThat(world.intents().getFirst().fields().text("proposal")).isPresent();
  }

  @Test
  void beforeTheLastAnswerItOnlyWaits() {
    crowd.grant(crowd.sam, proposal);
    assertThat(resume()).isInstanceOf(Waiting.class);
    assertThat(world.isAnythingSent()).isFalse();
  }

  @Test
  void theTargetIsReadAgainBeforeTheSecondDecision() {
    grant();
    resume();
    var events = world.watch.events();
    assertThat(events.indexOf("vendor.read")).isNotNegative();
    assertThat(events.indexOf("vendor.read")).isLessThan(events.lastIndexOf("calls.admit"));
    assertThat(events.indexOf("inventory.update")).isLessThan(events.lastIndexOf("calls.admit"));
  }

  @Test
  void theSecondDecisionHoldsTheApproval() {
    grant();
    resume();
    assertThat(world.policy.asked().getLast().approvals()).containsExactly("both");
  }

  @Test
  void askedAgainItIsTheSameOutcome() {
    grant();
    var first = resume();
    assertThat(resume()).isEqualTo(first);
    world.pass(Duration.ofMinutes(9));
    assertDone(resume());
  }

  @Test
  void afterARestartItIsTheSameOutcome() {
    grant();
    var first = (Answered) resume();
    assertThat(resume(world.restart()))
        .isInstanceOfSatisfying(
            Answered.class,
            again -> {
              assertThat(again.call()).isEqualTo(first.call());
              assertThat(again.outcome()).isEqualTo(first.outcome());
            });
    assertThat(wipes()).isEqualTo(1);
  }

  @Test
  void aRestartBetweenAnswerAndUseLosesNothing() {
    grant();
    assertDone(resume(world.restart()));
  }

  @Test
  void anotherReplicaMayRunIt() {
    grant();
    assertDone(resume(world.process("two")));
    assertThat(resume()).isInstanceOf(Answered.class);
    assertThat(wipes()).isEqualTo(1);
  }

  @Test
  void twoResumesAtOnceMakeOneEffect() {
    grant();
    var results = Together.all(8, this::resume);
    assertThat(wipes()).isEqualTo(1);
    assertThat(results).allMatch(r -> r instanceof Answered || r instanceof Joined);
    assertThat(results).anyMatch(Answered.class::isInstance);
  }

  @Test
  void twoReplicasAtOnceMakeOneEffect() {
    grant();
    var two = world.process("two");
    var one = Together.start(this::resume);
    var other = Together.start(() -> resume(two));
    assertThat(List.of(Together.await(one), Together.await(other)))
        .anyMatch(Answered.class::isInstance);
    assertThat(wipes()).isEqualTo(1);
  }

  @Test
  void thePlainCallAgainRunsItToo() {
    grant();
    assertDone(world.call(WIPE, OWN));
    assertThat(stored(proposal).state()).isEqualTo(Proposal.State.CONSUMED);
  }

  @Test
  void thePlainCallAfterwardsIsTheSameOutcomeAndAsksNobody() {
    grant();
    resume();
    assertDone(world.call(WIPE, OWN));
    assertThat(world.ofTasks(Kind.PROPOSED)).hasSize(1);
  }

  @Test
  void aNewIdempotencyKeyAsksAnew() {
    grant();
    resume();
    var again =
        world
            .drivers()
            .call(
                new CallRequest(
                    world.desk, WIPE, FlowWorld.on(OWN), Optional.empty(), Optional.of("again")),
                new Cut());
    assertThat(waiting(again)).isNotEqualTo(proposal);
    assertThat(wipes()).isEqualTo(1);
  }

  @Test
  void laterTheSameCallAsksAnew() {
    grant();
    resume();
    world.pass(Duration.ofMinutes(11));
    assertThat(waiting(world.call(WIPE, OWN))).isNotEqualTo(proposal);
  }

  @Test
  void whileTheSystemIsAwayNothingIsUsedUp() {
    grant();
    world.watch.takeAway("vendor.read");
    assertThat(resume()).isInstanceOf(Refused.class);
    world.watch.bringBack();
    assertThat(stored(proposal).state()).isEqualTo(Proposal.State.GRANTED);
    assertDone(resume());
  }

  @ParameterizedTest
  @ValueSource(strings = {"proposals.", "keys.", "calls.admit"})
  void whileTheStoreIsAwayNothingIsSentAndNothingIsUsedUp(String port) {
    grant();
    world.watch.takeAway(port);
    assertRefused(resume(), ReasonCode.EVIDENCE_UNAVAILABLE);
    world.watch.bringBack();
    assertDone(resume());
  }

  @Test
  void afterItsTimeToUseItIsExpired() {
    grant();
    world.pass(BOTH.useWithin());
    assertThat(resume()).isInstanceOf(dev.remit.core.flow.CallResult.Ended.class);
    assertThat(wipes()).isZero();
    world.drivers().sweeper().tick();
    assertThat(stored(proposal).state()).isEqualTo(Proposal.State.EXPIRED);
    assertThat(waiting(world.call(WIPE, OWN))).isNotEqualTo(proposal);
  }

  @Test
  void aTaskThatEndsTakesGrantedApprovalsWithIt() {
    grant();
    world.drivers().closeTask(world.desk, task.id(), Task.State.DONE);
    assertThat(stored(proposal).state()).isEqualTo(Proposal.State.WITHDRAWN);
    assertThat(resume()).isInstanceOf(dev.remit.core.flow.CallResult.Ended.class);
    assertThat(wipes()).isZero();
  }

  @Test
  void aKillTakesGrantedApprovalsWithIt() {
    grant();
    world.drivers().oversight().kill(KillScope.tenant(HARBOR), "officer", "test");
    assertThat(resume()).isInstanceOf(dev.remit.core.flow.CallResult.Ended.class);
    assertThat(wipes()).isZero();
  }

  @Test
  void anExpiredIdentityResumesNothing() {
    grant();
    var expired =
        new dev.remit.core.identity.Caller.Agent(
            world.desk.id(), world.desk.instance(), true, world.clock.instant());
    assertRefused(
        world.drivers().resume(expired, proposal, new Cut()), ReasonCode.IDENTITY_EXPIRED);
  }

  @Test
  void aCrashAfterTheLastAnswerIsMadeGoodByWhoeverLooks() {
    crowd.grant(crowd.sam, proposal);
    world.watch.takeAway("proposals.grant");
    assertThatThrownBy(() -> crowd.grant(crowd.hanna, proposal))
        .isInstanceOf(RuntimeException.class);
    assertThat(stored(proposal).state()).isEqualTo(Proposal.State.OPEN);
    world.watch.bringBack();
    assertDone(resume(world.restart()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"after-intent", "after-send", "after-revoke"})
  void afterACrashInTheMiddleItIsNotRunAgain(String point) {
    grant();
    // The reading again is an effect of its own and sends no call; the crash is in the second.
    if (point.equals("after-send")) {
      world.points.crashAt(point);
    } else {
      world.points.at(point, () -> world.points.crashAt(point));
    }
    assertThatThrownBy(this::resume).isInstanceOf(Points.Crash.class);
    var before = wipes();
    var process = world.restart();
    assertThat(resume(process)).isInstanceOf(Joined.class);
    world.sweepFor(FlowWorld.SEND_WITHIN.plus(FlowWorld.SKEW).plusSeconds(2));
    assertThat(resume(process))
        .isInstanceOfSatisfying(
            Answered.class, a -> assertThat(a.outcome()).isEqualTo(Outcome.UNKNOWN));
    assertThat(wipes()).isEqualTo(before);
  }
}
