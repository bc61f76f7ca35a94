package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.HEALTH;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowRelease.SCAN;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Execution;
import dev.remit.core.execution.Outcome;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.CallResult.Answered;
import dev.remit.core.flow.CallResult.Refused;
import dev.remit.core.kill.KillScope;
import dev.remit.core.task.Task;
import dev.remit.testkit.FakeConnector;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KillTest {
  private static final String AGENT = "agent:service-desk/harbor-dental/production/destructive";
  private final FlowWorld world = new FlowWorld();

  private void kill(String scope) {
    world.drivers().oversight().kill(new KillScope(scope), "officer", "test");
  }

  private void assertOutcome(CallResult result, Outcome outcome) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Answered.class,
            a -> {
              assertThat(a.outcome()).isEqualTo(outcome);
              assertThat(world.entries(Kind.OUTCOME, a.call())).hasSize(1);
            });
    assertThat(world.vendor.broker().principals()).isEmpty();
    assertThat(world.ledgers.leases().unfinished()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "everything",
        "tenant:harbor-dental",
        "class:service-desk",
        AGENT,
        "instance:one",
        "connector:rmm"
      })
  void afterAKillNothingUnderItIsAdmitted(String scope) {
    var task = world.open();
    kill(scope);
    for (int i = 0; i < 2; i++) {
      var result = world.call(world.desk, RESTART, on(OWN), Optional.of(task.id()));
      assertThat(result)
          .isInstanceOfSatisfying(
              Refused.class, r -> assertThat(r.reason()).isEqualTo(ReasonCode.KILLED));
    }
    assertThat(world.isAnythingSent()).isFalse();
    assertThat(world.intents()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tenant:northwind-legal",
        "class:clerk",
        "agent:service-desk/harbor-dental/production/observe",
        "instance:another",
        "connector:psa"
      })
  void aKillOfOthersTouchesNothingHere(String scope) {
    world.open();
    kill(scope);
    assertOutcome(world.call(RESTART, OWN), Outcome.SUCCEEDED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"everything", "tenant:harbor-dental", AGENT, "connector:rmm"})
  void aKillCutsARunningCallAndItsLeaseEnds(String scope) {
    world.open();
    var gate = world.vendor.hang(RESTART);
    var call = Together.start(() -> world.call(RESTART, OWN));
    gate.awaitArrival();
    kill(scope);
    assertOutcome(Together.await(call), Outcome.UNKNOWN);
  }

  @Test
  void aKillOrderedByAnotherProcessCutsHereAtTheNextTick() {
    world.open();
    var gate = world.vendor.hang(RESTART);
    var call = Together.start(() -> world.call(RESTART, OWN));
    gate.awaitArrival();
    world.process("two").oversight().kill(KillScope.EVERYTHING, "officer", "test");
    assertThat(call.isDone()).isFalse();
    world.drivers().lookForStops();
    assertOutcome(Together.await(call), Outcome.UNKNOWN);
  }

  @Test
  void aKillWhileTheIntentIsOnItsWayIsOrderedByTheDatabase() {
    world.open();
    world.watch.once("calls.admit", () -> kill("everything"));
    assertThat(world.call(RESTART, OWN))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.reason()).isEqualTo(ReasonCode.KILLED));
    assertThat(world.isAnythingSent()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"after-intent", "after-issue", "before-use", "before-send"})
  void aKillBeforeTheSendSendsNothing(String point) {
    world.open();
    world.points.at(point, () -> kill("everything"));
    assertOutcome(world.call(RESTART, OWN), Outcome.FAILED);
    assertThat(world.watch.events()).doesNotContain("vendor.execute");
  }

  @Test
  void aClientsCancellationBeforeTheSendSendsNothing() {
    world.open();
    var cut = new Cut();
    world.points.at("before-send", () -> cut.cut("the client cancelled"));
    var request =
        new dev.remit.core.call.CallRequest(
            world.desk, RESTART, on(OWN), Optional.empty(), Optional.empty());
    assertOutcome(world.drivers().call(request, cut), Outcome.FAILED);
    assertThat(world.watch.events()).doesNotContain("vendor.execute");
    assertThat(world.entries(Kind.OUTCOME))
        .noneSatisfy(entry -> assertThat(entry.fields().text("reason")).contains("killed"));
  }

  @Test
  void theEndOfATaskCutsItsRunningCall() {
    var task = world.open();
    var gate = world.vendor.hang(RESTART);
    var call = Together.start(() -> world.call(RESTART, OWN));
    gate.awaitArrival();
    world.drivers().closeTask(world.desk, task.id(), Task.State.DONE);
    assertOutcome(Together.await(call), Outcome.UNKNOWN);
  }

  @Test
  void theEndOfTheProcessCutsItsRunningCalls() {
    world.open();
    var gate = world.vendor.hang(RESTART);
    var call = Together.start(() -> world.call(RESTART, OWN));
    gate.awaitArrival();
    world.drivers().stop();
    assertOutcome(Together.await(call), Outcome.UNKNOWN);
  }

  @Test
  void aKillEndsTheCredentialThatReadsShared() {
    world.open();
    assertThat(world.call(HEALTH, OWN)).isInstanceOf(Answered.class);
    assertThat(world.vendor.broker().principals()).hasSize(1);
    kill("tenant:harbor-dental");
    assertThat(world.vendor.broker().principals()).isEmpty();
  }

  @Test
  void aKillOrderedByAnotherProcessEndsTheSharedCredentialHere() {
    world.open();
    assertThat(world.call(HEALTH, OWN)).isInstanceOf(Answered.class);
    world.process("two").oversight().kill(KillScope.tenant(HARBOR), "officer", "test");
    world.drivers().sweeper().tick();
    assertThat(world.vendor.broker().principals()).isEmpty();
  }

  @Test
  void revocationGoesOnAfterAKillUntilTheTargetIsBack() {
    world.open();
    var gate = world.vendor.hang(RESTART);
    var call = Together.start(() -> world.call(RESTART, OWN));
    gate.awaitArrival();
    world.vendor.broker().away(true);
    kill("everything");
    assertThat(Together.await(call))
        .isInstanceOfSatisfying(Answered.class, a -> assertThat(a.isCleaningUp()).isTrue());
    world.sweepFor(Duration.ofMinutes(5));
    assertThat(world.ledgers.leases().unfinished()).hasSize(1);
    world.vendor.broker().away(false);
    world.sweepFor(Duration.ofMinutes(2));
    assertThat(world.vendor.broker().principals()).isEmpty();
    assertThat(world.ledgers.leases().unfinished()).isEmpty();
  }

  @Test
  void hostileCase30AQueuedJobIsCancelledByAKill() {
    world.open();
    var queue = world.queueScans();
    var call = Together.start(() -> world.call(SCAN, OWN));
    queue.awaitArrival();
    kill("tenant:harbor-dental");
    assertOutcome(Together.await(call), Outcome.FAILED);
    assertThat(world.scans).hasValue(0);
  }

  @Test
  void hostileCase30AQueuedJobIsCancelledWithItsTask() {
    var task = world.open();
    var queue = world.queueScans();
    var call = Together.start(() -> world.call(SCAN, OWN));
    queue.awaitArrival();
    world.drivers().closeTask(world.desk, task.id(), Task.State.DONE);
    assertOutcome(Together.await(call), Outcome.FAILED);
    assertThat(world.scans).hasValue(0);
  }

  @Test
  void hostileCase30AQueuedJobIsCancelledWhenItsTasksTimeIsOver() {
    world.open();
    var queue = world.queueScans();
    var call = Together.start(() -> world.call(SCAN, OWN));
    queue.awaitArrival();
    world.pass(Duration.ofHours(1));
    world.drivers().sweeper().tick();
    assertOutcome(Together.await(call), Outcome.FAILED);
    assertThat(world.scans).hasValue(0);
  }

  @Test
  void hostileCase30AJobThatFiredAfterItsDeviceMovedIsNotCalledSucceeded() {
    world.open();
    world.vendor.on(SCAN, (request, cut) -> firedAfterTheMove());
    assertOutcome(world.call(SCAN, OWN), Outcome.UNKNOWN);
  }

  private Execution firedAfterTheMove() {
    world.move(OWN, "2");
    return FakeConnector.done();
  }
}
