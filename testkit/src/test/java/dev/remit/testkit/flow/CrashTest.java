package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HEALTH;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowRelease.SERVICES;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.SEND_WITHIN;
import static dev.remit.testkit.flow.FlowWorld.SKEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.execution.Outcome;
import dev.remit.core.flow.CallResult.Answered;
import dev.remit.core.flow.Drivers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrashTest {
  /** A call's time, what it may take at the vendor, and the skew of clocks. */
  private static final Duration OTHERS_WAIT = SEND_WITHIN.multipliedBy(2).plusSeconds(10 + 2);

  private final FlowWorld world = new FlowWorld();

  static Stream<Arguments> everyPointOfEveryKindOfCall() {
    return Stream.of(HEALTH, SERVICES, RESTART)
        .flatMap(tool -> Points.NAMES.stream().map(point -> Arguments.of(tool, point)));
  }

  private void crash(String tool, String point) {
    world.open();
    world.points.crashAt(point);
    assertThatThrownBy(() -> world.call(tool, OWN)).isInstanceOf(Points.Crash.class);
  }

  private void sweep(Drivers process, Duration time) {
    for (long second = 0; second <= time.toSeconds(); second++) {
      process.sweeper().tick();
      world.pass(Duration.ofSeconds(1));
    }
  }

  private void assertFinished(String point, int sent) {
    assertThat(world.intents()).hasSize(point.equals("before-intent") ? 0 : 1);
    for (Entry intent : world.entries(Kind.INTENT)) {
      assertThat(world.entries(Kind.OUTCOME, FlowWorld.callOf(intent))).hasSize(1);
    }
    assertThat(world.entries(Kind.RESOLUTION)).isEmpty();
    assertThat(world.vendor.broker().principals()).isEmpty();
    assertThat(world.ledgers.leases().unfinished()).isEmpty();
    assertThat(world.vendor.sent()).hasSize(sent);
  }

  @ParameterizedTest
  @MethodSource("everyPointOfEveryKindOfCall")
  void afterACrashTheSameReplicaFinishesWhatItLeft(String tool, String point) {
    crash(tool, point);
    int sent = world.vendor.sent().size();
    sweep(world.restart(), SEND_WITHIN.plus(SKEW).plusSeconds(2));
    assertFinished(point, sent);
  }

  @ParameterizedTest
  @MethodSource("everyPointOfEveryKindOfCall")
  void afterACrashAnotherReplicaFinishesWhatItLeft(String tool, String point) {
    crash(tool, point);
    int sent = world.vendor.sent().size();
    sweep(world.process("two"), FlowWorld.LEASE_LIFE.plus(SKEW).plusSeconds(2));
    assertFinished(point, sent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"after-send", "after-use", "after-revoke"})
  void whatMayHaveHappenedIsUnknown(String point) {
    crash(RESTART, point);
    sweep(world.restart(), SEND_WITHIN.plus(SKEW).plusSeconds(2));
    assertThat(world.entries(Kind.OUTCOME, FlowWorld.callOf(world.intents().getFirst())))
        .singleElement()
        .satisfies(entry -> assertThat(entry.fields().text("outcome")).contains("unknown"));
  }

  @ParameterizedTest
  @MethodSource("everyPointOfEveryKindOfCall")
  void theTaskGoesOnAfterTheCrash(String tool, String point) {
    crash(tool, point);
    world.restart();
    world.pass(Duration.ofMinutes(11));
    assertThat(world.call(tool, OWN))
        .isInstanceOfSatisfying(
            Answered.class, a -> assertThat(a.outcome()).isEqualTo(Outcome.SUCCEEDED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"after-intent", "after-issue", "before-send", "after-send", "after-use"})
  void beforeSendByAndSkewTheSameReplicaTouchesNothing(String point) {
    crash(RESTART, point);
    var principals = world.vendor.broker().principals();
    var outcomes = world.entries(Kind.OUTCOME);
    world.watch.forget();
    sweep(world.restart(), SEND_WITHIN.plus(SKEW).minusSeconds(1));
    assertThat(world.watch.events()).doesNotContain("broker.revoke", "calls.settle");
    assertThat(world.vendor.broker().principals()).isEqualTo(principals);
    assertThat(world.entries(Kind.OUTCOME)).isEqualTo(outcomes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"after-intent", "after-issue", "before-send", "after-send", "after-use"})
  void beforeAllItsTimeIsOverAnotherReplicaTouchesNothing(String point) {
    crash(RESTART, point);
    var outcomes = world.entries(Kind.OUTCOME);
    world.watch.forget();
    sweep(world.process("two"), SEND_WITHIN.plusSeconds(10));
    assertThat(world.watch.events()).doesNotContain("broker.revoke", "calls.settle");
    assertThat(world.entries(Kind.OUTCOME)).isEqualTo(outcomes);
  }

  @Test
  void aCallThatStillRunsIsNotRecovered() {
    world.open();
    var gate = world.vendor.hang(RESTART);
    var call = Together.start(() -> world.call(RESTART, OWN));
    gate.awaitArrival();
    sweep(world.drivers(), Duration.ofMinutes(1));
    assertThat(world.entries(Kind.OUTCOME)).hasSize(1);
    assertThat(world.vendor.broker().principals()).hasSize(1);
    gate.open();
    assertThat(Together.await(call)).isInstanceOf(Answered.class);
    assertThat(world.entries(Kind.OUTCOME)).hasSize(2);
    assertThat(world.entries(Kind.RESOLUTION)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"before-use", "before-send"})
  void hostileCase29APausedReplicaSendsNothing(String point) {
    world.open();
    world.points.at(point, () -> world.nanos.addAndGet(SEND_WITHIN.toNanos()));
    assertNothingSent(point);
  }

  @ParameterizedTest
  @ValueSource(strings = {"before-use", "before-send"})
  void hostileCase29AReplicaWhoseMonotonicClockStoodStillSendsNothing(String point) {
    world.open();
    world.points.at(point, () -> world.clock.advance(SEND_WITHIN));
    assertNothingSent(point);
  }

  private void assertNothingSent(String point) {
    assertThat(world.call(RESTART, OWN))
        .isInstanceOfSatisfying(
            Answered.class, a -> assertThat(a.outcome()).isEqualTo(Outcome.FAILED));
    assertThat(world.watch.events()).doesNotContain("vendor.execute");
    if (point.equals("before-use")) {
      assertThat(world.watch.events()).doesNotContain("vendor.read");
    }
    assertThat(world.vendor.broker().principals()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {HEALTH, SERVICES, RESTART})
  void hostileCase29AReplicaThatWakesTooLateMakesNoCredential(String tool) {
    world.open();
    world.points.at("after-intent", () -> world.pass(SEND_WITHIN));
    assertThat(world.call(tool, OWN))
        .isInstanceOfSatisfying(
            Answered.class, a -> assertThat(a.outcome()).isEqualTo(Outcome.FAILED));
    assertThat(world.isAnythingSent()).isFalse();
    assertThat(world.ledgers.leases().unfinished()).isEmpty();
  }

  @Test
  void hostileCase29ATicketIsNotReadTooLate() {
    world.points.at("before-use", () -> world.pass(SEND_WITHIN));
    assertThat(world.wish(world.desk, "service", "500", OWN))
        .isInstanceOf(dev.remit.core.flow.TaskResult.Refused.class);
    assertThat(world.watch.events()).doesNotContain("vendor.ticket");
  }

  @ParameterizedTest
  @ValueSource(strings = {"after-intent", "after-issue", "before-use", "before-send"})
  void hostileCase29AReplicaThatWakesAfterRecoverySendsNothing(String point) {
    world.open();
    world.points.at(point, () -> sweep(world.process("two"), OTHERS_WAIT.plusSeconds(2)));
    assertThat(world.call(RESTART, OWN)).isInstanceOf(Answered.class);
    assertThat(world.watch.events()).doesNotContain("vendor.execute");
    assertFirstOutcomeIsUnknownAndTheLateOneAResolution();
  }

  @Test
  void aLateOutcomeBecomesAResolution() {
    world.open();
    world.points.at("after-send", () -> sweep(world.process("two"), OTHERS_WAIT.plusSeconds(2)));
    assertThat(world.call(RESTART, OWN)).isInstanceOf(Answered.class);
    assertFirstOutcomeIsUnknownAndTheLateOneAResolution();
  }

  private void assertFirstOutcomeIsUnknownAndTheLateOneAResolution() {
    var call = FlowWorld.callOf(world.intents().getFirst());
    assertThat(world.entries(Kind.OUTCOME, call))
        .singleElement()
        .satisfies(entry -> assertThat(entry.fields().text("outcome")).contains("unknown"));
    assertThat(world.entries(Kind.RESOLUTION, call)).hasSize(1);
    assertThat(world.vendor.broker().principals()).isEmpty();
    assertThat(world.ledgers.leases().unfinished()).isEmpty();
  }

  @Test
  void everyFailpointIsReachedInOrder() {
    world.open();
    var before = world.points.reached().size();
    assertThat(world.call(RESTART, OWN)).isInstanceOf(Answered.class);
    List<String> reached = world.points.reached();
    assertThat(reached.subList(before, reached.size())).isEqualTo(Points.NAMES);
  }
}
