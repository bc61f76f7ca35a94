package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HEALTH;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowRelease.SERVICES;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.SEND_WITHIN;
import static dev.remit.testkit.flow.FlowWorld.SKEW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.execution.Outcome;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.CallResult.Answered;
import dev.remit.core.flow.CallResult.Refused;
import dev.remit.core.flow.TaskResult;
import dev.remit.core.release.VersionId;
import dev.remit.core.task.Task;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AwayTest {
  private final FlowWorld world = new FlowWorld();

  private void assertUnsent(CallResult result, String code) {
    assertThat(result)
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.reason().code()).isEqualTo(code));
    assertThat(world.isAnythingSent()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "releases.active, policy-unavailable",
    "tasks.openOf, evidence-unavailable",
    "inventory.resolve, inventory-unavailable",
    "calls.admit, evidence-unavailable",
  })
  void hostileCase06WithAStoreAwayNothingIsSentAndTheAnswerSaysSo(String port, String code) {
    world.open();
    world.watch.takeAway(port);
    assertUnsent(world.call(RESTART, OWN), code);
    assertUnsent(world.call(HEALTH, OWN), code);
    world.watch.bringBack();
    assertThat(world.call(RESTART, OWN)).isInstanceOf(Answered.class);
  }

  @Test
  void hostileCase06WithTheWholeDatabaseAwayNothingIsSent() {
    world.open();
    world.ledgers.takeAway();
    assertUnsent(world.call(RESTART, OWN), "evidence-unavailable");
    assertThat(world.drivers().openTasks(world.desk)).isEmpty();
    world.ledgers.bringBack();
    assertThat(world.intents()).isEmpty();
  }

  @Test
  void hostileCase06PolicyThatCannotBeReadAgainRefuses() {
    world.open();
    world.watch.takeAway("releases.refresh");
    world.watch.once("calls.admit", () -> world.ledgers.activate(new VersionId("v2")));
    assertUnsent(world.call(RESTART, OWN), "policy-unavailable");
  }

  @Test
  void hostileCase06WithoutAnActivePolicyNothingIsShownOrSent() {
    world.open();
    world.releases.takeAway();
    assertThat(world.drivers().tools(world.desk)).isEmpty();
    assertUnsent(world.call(RESTART, OWN), "policy-unavailable");
  }

  @Test
  void hostileCase23APolicyThatBreaksDeniesAndIsRecorded() {
    world.open();
    world.policy.err(RESTART);
    assertUnsent(world.call(RESTART, OWN), "policy-error");
    assertThat(world.entries(Kind.REFUSAL)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"releases.", "inventory.", "calls.", "taskLedger.", "vendor.", "broker."})
  void withAPortAwayNoTaskIsOpened(String port) {
    world.watch.takeAway(port);
    assertThat(world.wish(world.desk, "service", "500", OWN))
        .isInstanceOf(TaskResult.Refused.class);
    world.watch.bringBack();
    assertThat(world.drivers().openTasks(world.desk)).isEmpty();
  }

  @Test
  void aTaskThatCannotBeClosedSaysSoAndCanBeClosedLater() {
    var task = world.open();
    world.watch.takeAway("taskLedger.");
    assertThat(world.drivers().closeTask(world.desk, task.id(), Task.State.DONE))
        .isInstanceOf(TaskResult.Refused.class);
    world.watch.bringBack();
    assertThat(world.drivers().closeTask(world.desk, task.id(), Task.State.DONE))
        .isInstanceOf(TaskResult.Told.class);
  }

  @Test
  void aRefusalThatCannotBeRecordedIsStillARefusal() {
    world.open();
    world.watch.takeAway("journal.");
    assertUnsent(world.call(RESTART, "9999"), "evidence-unavailable");
  }

  @Test
  void anIntentWhoseAdmissionWasLostIsSettledByRecovery() {
    world.open();
    world.watch.loseAnswers("calls.admit");
    assertUnsent(world.call(RESTART, OWN), "evidence-unavailable");
    world.watch.bringBack();
    assertThat(world.intents()).hasSize(1);
    world.sweepFor(SEND_WITHIN.plus(SKEW).plusSeconds(2));
    assertThat(world.entries(Kind.OUTCOME, FlowWorld.callOf(world.intents().getFirst())))
        .hasSize(1);
    assertThat(world.ledgers.leases().unfinished()).isEmpty();
    assertThat(world.vendor.sent()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {RESTART, SERVICES, HEALTH})
  void hostileCase06WithTheVendorAwayNothingIsSentAndTheAnswerSaysSo(String tool) {
    world.open();
    world.vendor.away(true);
    assertFailed(world.call(tool, OWN));
  }

  private void assertFailed(CallResult result) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Answered.class,
            a -> {
              assertThat(a.outcome()).isEqualTo(Outcome.FAILED);
              assertThat(a.result().isEmpty()).isTrue();
              assertThat(world.entries(Kind.OUTCOME, a.call()))
                  .singleElement()
                  .satisfies(e ->
                      assertThat(e.fields().text("reason"))
                          .contains(ReasonCode.VENDOR_UNAVAILABLE.code()));
            });
    assertThat(world.vendor.sent()).isEmpty();
  }

  @Test
  void hostileCase06ARecordThatCannotBeReadBeforeTheEffectStopsIt() {
    world.open();
    world.watch.takeAway("vendor.read");
    assertFailed(world.call(RESTART, OWN));
    assertThat(world.vendor.broker().principals()).isEmpty();
  }

  @Test
  void anOutcomeThatCannotBeWrittenIsToldAsUnknownAndWrittenOnceLater() {
    world.open();
    world.watch.takeAway("calls.settle");
    var result = world.call(RESTART, OWN);
    assertThat(result)
        .isInstanceOfSatisfying(
            Answered.class,
            a -> {
              assertThat(a.outcome()).isEqualTo(Outcome.UNKNOWN);
              assertThat(a.result().isEmpty()).isTrue();
            });
    assertThat(world.vendor.broker().principals()).isEmpty();
    world.watch.bringBack();
    world.sweepFor(SEND_WITHIN.plus(SKEW).plusSeconds(2));
    assertThat(world.entries(Kind.OUTCOME, ((Answered) result).call()))
        .singleElement()
        .satisfies(e -> assertThat(e.fields().text("outcome")).contains("succeeded"));
    assertThat(world.entries(Kind.RESOLUTION)).isEmpty();
    assertThat(world.ledgers.leases().unfinished()).isEmpty();
  }

  @Test
  void anOutcomeWhoseWritingWasNotConfirmedKeepsItsFirstOutcome() {
    world.open();
    world.watch.loseAnswers("calls.settle");
    var result = (Answered) world.call(RESTART, OWN);
    assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN);
    world.watch.bringBack();
    world.sweepFor(Duration.ofSeconds(10));
    assertThat(world.entries(Kind.OUTCOME, result.call())).hasSize(1);
    assertThat(world.entries(Kind.RESOLUTION, result.call())).hasSize(1);
  }

  @Test
  void aTickWithTheDatabaseAwayLeavesEverythingForTheNext() {
    world.open();
    world.watch.takeAway("calls.settle");
    var result = (Answered) world.call(RESTART, OWN);
    for (int i = 0; i < 3; i++) {
      try {
        world.drivers().sweeper().tick();
      } catch (RuntimeException e) {
        assertThat(e).hasMessage("the database is away");
      }
    }
    world.watch.bringBack();
    world.drivers().sweeper().tick();
    assertThat(world.entries(Kind.OUTCOME, result.call())).hasSize(1);
  }

  @Test
  void anInventoryThatCannotBeReadWholeKeepsWhatWasSeen() {
    assertThat(world.drivers().refreshInventory(FlowRelease.RMM)).isTrue();
    world.vendor.away(true);
    assertThat(world.drivers().refreshInventory(FlowRelease.RMM)).isFalse();
    world.vendor.away(false);
    world.open();
    assertThat(world.call(RESTART, OWN)).isInstanceOf(Answered.class);
  }

  @Test
  void hostileCase06AnInventoryThatIsAwayTooLongProvesNothing() {
    world.open();
    world.vendor.away(true);
    world.pass(Duration.ofHours(25));
    assertThat(world.drivers().refreshInventory(FlowRelease.RMM)).isFalse();
    assertThat(world.wish(world.desk, "service", "501", OWN))
        .isInstanceOfSatisfying(
            TaskResult.Refused.class,
            r -> assertThat(r.reason()).isEqualTo(ReasonCode.TARGET_STALE));
  }
}
