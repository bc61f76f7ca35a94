package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HEALTH;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowRelease.SERVICES;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.execution.Outcome;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.CallResult.Answered;
import dev.remit.core.flow.CallResult.Refused;
import dev.remit.core.task.Task;
import dev.remit.testkit.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class SharedLeaseTest {
  private final FlowWorld world = new FlowWorld();

  private Task opened() {
    var task = world.open();
    assertThat(world.vendor.broker().principals()).isEmpty();
    return task;
  }

  private int made() {
    return world.vendor.broker().made() - 1; // the ticket's own read made one
  }

  private static void assertOutcome(CallResult result, Outcome outcome) {
    assertThat(result)
        .isInstanceOfSatisfying(Answered.class, a -> assertThat(a.outcome()).isEqualTo(outcome));
  }

  private void assertNothingLeft() {
    assertThat(world.vendor.broker().principals()).isEmpty();
    assertThat(world.ledgers.leases().unfinished()).isEmpty();
  }

  @Test
  void sixteenReadsOfOneTaskShareOneCredential() {
    opened();
    var results = Together.all(16, () -> world.call(HEALTH, OWN));
    results.forEach(result -> assertOutcome(result, Outcome.SUCCEEDED));
    assertThat(made()).isEqualTo(1);
    assertThat(world.vendor.broker().principals()).hasSize(1);
    assertThat(world.intents()).hasSize(16);
  }

  @Test
  void anEffectNeverUsesTheCredentialOfReads() {
    opened();
    assertOutcome(world.call(SERVICES, OWN), Outcome.SUCCEEDED);
    assertOutcome(world.call(RESTART, OWN), Outcome.SUCCEEDED);
    assertThat(made()).isEqualTo(2);
  }

  @Test
  void anotherScopeIsAnotherCredential() {
    opened();
    assertOutcome(world.call(HEALTH, OWN), Outcome.SUCCEEDED);
    assertOutcome(world.call(SERVICES, OWN), Outcome.SUCCEEDED);
    assertThat(made()).isEqualTo(2);
  }

  @Test
  void anotherTaskIsAnotherCredential() {
    var first = opened();
    var second = world.open(world.desk, "service", "501", OWN);
    int before = made();
    for (var task : java.util.List.of(first, second)) {
      assertOutcome(
          world.call(world.desk, HEALTH, on(OWN), Optional.of(task.id())), Outcome.SUCCEEDED);
    }
    assertThat(made()).isEqualTo(before + 2);
  }

  @Test
  void aCredentialThatWouldNotOutlastTheCallIsReplacedAndEnded() {
    opened();
    assertOutcome(world.call(HEALTH, OWN), Outcome.SUCCEEDED);
    var first = world.vendor.broker().principals();
    world.pass(Duration.ofSeconds(50));
    assertOutcome(world.call(HEALTH, OWN), Outcome.SUCCEEDED);
    assertThat(world.vendor.broker().principals()).hasSize(1).doesNotContainAnyElementsOf(first);
    assertThat(world.entries(Kind.LEASE_ENDED)).hasSize(1);
  }

  @Test
  void aCredentialThatNobodyUsesIsGoneAtItsEnd() {
    opened();
    assertOutcome(world.call(HEALTH, OWN), Outcome.SUCCEEDED);
    world.pass(FlowWorld.LEASE_LIFE);
    world.drivers().sweeper().tick();
    assertNothingLeft();
  }

  @Test
  void aCredentialBeforeItsEndIsLeftAloneByTheSweeper() {
    opened();
    assertOutcome(world.call(HEALTH, OWN), Outcome.SUCCEEDED);
    world.pass(Duration.ofSeconds(30));
    world.drivers().sweeper().tick();
    world.drivers().sweeper().reconcile();
    assertThat(world.vendor.broker().principals()).hasSize(1);
    assertOutcome(world.call(HEALTH, OWN), Outcome.SUCCEEDED);
    assertThat(made()).isEqualTo(1);
  }

  @Test
  void itEndsWithItsTask() {
    var task = opened();
    assertOutcome(world.call(HEALTH, OWN), Outcome.SUCCEEDED);
    world.drivers().closeTask(world.desk, task.id(), Task.State.DONE);
    assertNothingLeft();
  }

  @Test
  void itEndsWithATaskThatAnotherProcessClosed() {
    var task = opened();
    assertOutcome(world.call(HEALTH, OWN), Outcome.SUCCEEDED);
    world.process("two").closeTask(world.desk, task.id(), Task.State.DONE);
    world.drivers().sweeper().tick();
    assertNothingLeft();
  }

  @Test
  void itEndsWithATaskWhoseTimeIsOver() {
    world.vendor.leaseLife(Duration.ofHours(5));
    opened();
    assertOutcome(world.call(HEALTH, OWN), Outcome.SUCCEEDED);
    world.pass(Duration.ofHours(1));
    world.drivers().sweeper().tick();
    assertNothingLeft();
  }

  @Test
  void itEndsWithTheProcess() {
    opened();
    assertOutcome(world.call(HEALTH, OWN), Outcome.SUCCEEDED);
    world.drivers().stop();
    assertNothingLeft();
  }

  @Test
  void aTaskThatEndsDuringAReadEndsItsCredentialAfterTheRead() {
    var task = opened();
    var gate = world.vendor.hang(SERVICES);
    var read = Together.start(() -> world.call(SERVICES, OWN));
    gate.awaitArrival();
    world.drivers().closeTask(world.desk, task.id(), Task.State.DONE);
    assertOutcome(Together.await(read), Outcome.UNKNOWN);
    assertNothingLeft();
  }

  @Test
  void aMakerThatFailsLetsItsWaitersFailAndTheNextMakesANewOne() {
    opened();
    var gate = new Gate();
    world.vendor.broker().withoutRights(true);
    world.vendor.broker().hold(gate);
    var reads = new ArrayList<FutureTask<CallResult>>();
    reads.add(Together.start(() -> world.call(HEALTH, OWN)));
    gate.awaitArrival();
    for (int i = 0; i < 4; i++) {
      reads.add(Together.start(() -> world.call(HEALTH, OWN)));
    }
    gate.open();
    reads.forEach(read -> assertOutcome(Together.await(read), Outcome.FAILED));
    assertThat(world.vendor.sent()).isEmpty();
    assertNothingLeft();
    world.vendor.broker().withoutRights(false);
    assertOutcome(world.call(HEALTH, OWN), Outcome.SUCCEEDED);
    assertThat(made()).isEqualTo(1);
  }

  @Test
  void aMakerThatWasNotAdmittedLeavesNothing() {
    world.open(world.desk, "seldom", "500", OWN);
    assertThat(world.call(HEALTH, OWN)).isInstanceOf(Refused.class);
    assertThat(world.call(HEALTH, OWN)).isInstanceOf(Refused.class);
    assertThat(made()).isZero();
    assertNothingLeft();
  }

  @Test
  void oneThatLingersIsEndedByTheSweeperThoughItsTaskIsOver() {
    var task = opened();
    assertOutcome(world.call(HEALTH, OWN), Outcome.SUCCEEDED);
    world.vendor.broker().linger(3);
    world.drivers().closeTask(world.desk, task.id(), Task.State.DONE);
    assertThat(world.vendor.broker().principals()).hasSize(1);
    world.sweepFor(Duration.ofSeconds(15));
    assertNothingLeft();
  }
}
