package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.COMPARE;
import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.HEALTH;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowRelease.RMM;
import static dev.remit.testkit.flow.FlowRelease.SERVICES;
import static dev.remit.testkit.flow.FlowWorld.FOREIGN;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.OWN_TOO;
import static dev.remit.testkit.flow.FlowWorld.device;
import static dev.remit.testkit.flow.FlowWorld.on;
import static dev.remit.testkit.flow.FlowWorld.reading;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.execution.Outcome;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.CallResult.Answered;
import dev.remit.core.flow.CallResult.Refused;
import dev.remit.core.target.Reading;
import dev.remit.core.value.Value;
import dev.remit.testkit.FakeConnector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetProofTest {
  private static final String AMBIGUOUS = "3001";
  private static final String STALE = "3002";
  private static final String UNKNOWN = "9999";
  private final FlowWorld world = new FlowWorld();

  /** One foreign, one stale, one that two companies claim, and one that nobody knows. */
  private void unavailableTargets() {
    var seenLongAgo = world.clock.instant();
    world.pass(Duration.ofHours(25));
    world.ledgers.inventory().replace(RMM, "device", List.of(), world.clock.instant());
    var all = new ArrayList<Reading>();
    all.add(reading(OWN, "1"));
    all.add(reading(OWN_TOO, "1"));
    all.add(reading(FOREIGN, "2"));
    all.add(reading(AMBIGUOUS, "1"));
    all.add(reading(AMBIGUOUS, "2"));
    world.ledgers.inventory().replace(RMM, "device", all, world.clock.instant());
    world.ledgers.inventory().update(reading(STALE, "1"), seenLongAgo);
    world.open();
  }

  @ParameterizedTest
  @CsvSource({
    FOREIGN + ", tenant-mismatch",
    UNKNOWN + ", target-unknown",
    STALE + ", target-stale",
    AMBIGUOUS + ", target-ambiguous",
  })
  void noTargetWithoutProofIsTouchedAndOnlyEvidenceSaysWhy(String target, String code) {
    unavailableTargets();
    var result = world.call(RESTART, target);
    assertThat(result)
        .isInstanceOfSatisfying(
            Refused.class,
            r -> assertThat(r.reason().agentCode()).isEqualTo("target-not-available"));
    assertThat(world.isAnythingSent()).isFalse();
    assertThat(world.intents()).isEmpty();
    assertThat(world.entries(Kind.REFUSAL))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.fields().text("reason")).contains(code);
          assertThat(entry.fields().text("agentHeard")).contains("target-not-available");
          assertThat(entry.tenant()).isEqualTo(HARBOR);
        });
  }

  @Test
  void foreignUnknownStaleAndAmbiguousCostTheSameWork() {
    unavailableTargets();
    world.call(RESTART, UNKNOWN); // the agent's task is known from here on, whatever is named
    var works = new HashSet<List<String>>();
    for (String target : List.of(FOREIGN, UNKNOWN, STALE, AMBIGUOUS)) {
      world.watch.forget();
      assertThat(world.call(RESTART, target)).isInstanceOf(Refused.class);
      works.add(world.watch.events());
    }
    assertThat(works).hasSize(1);
  }

  @Test
  void hostileCase01TheTenantIsNeverTakenFromAnArgument() {
    world.open();
    var foreign = on(FOREIGN).with("client", Value.of(HARBOR.value()));
    assertThat(world.call(world.desk, RESTART, foreign, Optional.empty()))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.reason()).isEqualTo(ReasonCode.TENANT_MISMATCH));
    assertThat(world.isAnythingSent()).isFalse();
    var own = on(OWN).with("client", Value.of("northwind-legal"));
    assertThat(world.call(world.desk, RESTART, own, Optional.empty())).isInstanceOf(Answered.class);
    assertThat(world.vendor.sent())
        .singleElement()
        .satisfies(request -> assertThat(request.tenant().id()).isEqualTo(HARBOR));
  }

  @Test
  void oneForeignTargetAmongOwnRefusesAllAndCostsAllLookups() {
    world.open();
    var mixed = Value.object("devices", List.of(OWN, FOREIGN, OWN_TOO));
    assertThat(world.call(world.desk, COMPARE, mixed, Optional.empty()))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.reason()).isEqualTo(ReasonCode.TENANT_MISMATCH));
    assertThat(world.isAnythingSent()).isFalse();
    assertThat(world.watch.events()).filteredOn("inventory.resolve"::equals).hasSize(3);
  }

  @Test
  void anEmptyListOfTargetsIsNotAllTargets() {
    world.open();
    for (Value nothing : List.of(new Value.Array(List.of()), Value.Null.NULL)) {
      var arguments = Value.object("devices", nothing);
      assertThat(world.call(world.desk, COMPARE, arguments, Optional.empty()))
          .isInstanceOf(Refused.class);
    }
    assertThat(world.call(world.desk, COMPARE, Value.Obj.EMPTY, Optional.empty()))
        .isInstanceOf(Refused.class);
    assertThat(world.isAnythingSent()).isFalse();
  }

  @Test
  void aValueThatCannotNameATargetIsRefused() {
    world.open();
    var values =
        List.of(Value.of(true), new Value.Real(1001.5), Value.object("id", OWN), Value.of(""));
    for (Value value : values) {
      var arguments = Value.object("device", value);
      assertThat(world.call(world.desk, RESTART, arguments, Optional.empty()))
          .isInstanceOf(Refused.class);
    }
    assertThat(world.isAnythingSent()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"01001", "1001 ", "1001.0", "RECEPTION-01", "../2001", "1001/../2001"})
  void anotherSpellingIsAnotherTarget(String spelling) {
    world.open();
    assertThat(world.call(RESTART, spelling))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.reason()).isEqualTo(ReasonCode.TARGET_UNKNOWN));
    assertThat(world.isAnythingSent()).isFalse();
  }

  private void assertNoEffect(CallResult result, ReasonCode reason) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Refused.class,
            r -> {
              assertThat(r.reason()).isEqualTo(reason);
              assertThat(world.entries(Kind.OUTCOME, r.call()))
                  .singleElement()
                  .satisfies(entry -> {
                    assertThat(entry.fields().text("outcome")).contains("failed");
                    assertThat(entry.fields().text("reason")).contains(reason.code());
                  });
            });
    assertThat(world.vendor.sent()).isEmpty();
    assertThat(world.vendor.broker().principals()).isEmpty();
  }

  @Test
  void aDeviceThatMovesBetweenDecisionAndEffectIsNotTouched() {
    world.open();
    world.watch.once("broker.issue", () -> world.move(OWN, "2"));
    assertNoEffect(world.call(RESTART, OWN), ReasonCode.TENANT_MISMATCH);
  }

  @Test
  void aDeviceThatMovesToNobodyWeKnowIsNotTouched() {
    world.open();
    world.watch.once("broker.issue", () -> world.move(OWN, "77"));
    assertNoEffect(world.call(RESTART, OWN), ReasonCode.TENANT_UNKNOWN);
  }

  @Test
  void aDeviceThatIsGoneBeforeTheEffectIsNotTouched() {
    world.open();
    world.watch.once("broker.issue", () -> world.vendor.remove(device(OWN)));
    assertNoEffect(world.call(RESTART, OWN), ReasonCode.TARGET_UNKNOWN);
  }

  @Test
  void aDeviceThatGetsAnotherRoleBeforeTheEffectIsNotTouched() {
    world.open();
    world.watch.once("broker.issue", () -> world.put(reading(OWN, "1", "domain-controller", "2")));
    assertNoEffect(world.call(RESTART, OWN), ReasonCode.TARGET_STALE);
  }

  @Test
  void aHeartbeatBeforeTheEffectChangesNothing() {
    world.open();
    world.watch.once("broker.issue", () -> world.put(reading(OWN, "1", "workstation", "2")));
    assertThat(world.call(RESTART, OWN))
        .isInstanceOfSatisfying(
            Answered.class, a -> assertThat(a.outcome()).isEqualTo(Outcome.SUCCEEDED));
  }

  @Test
  void aMoveDuringAReadWithholdsItsResult() {
    world.open();
    world.vendor.on(SERVICES, (request, cut) -> doneWhileItMoves());
    assertWithheld(world.call(SERVICES, OWN), "tenant-mismatch");
  }

  private dev.remit.core.execution.Execution doneWhileItMoves() {
    world.move(OWN, "2");
    return FakeConnector.done();
  }

  private void assertWithheld(CallResult result, String reason) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Refused.class,
            r -> {
              assertThat(r.reason().agentCode()).isEqualTo("target-not-available");
              assertThat(world.entries(Kind.OUTCOME, r.call()))
                  .singleElement()
                  .satisfies(entry -> {
                    assertThat(entry.fields().text("outcome")).contains("unknown");
                    assertThat(entry.fields().text("reason")).contains(reason);
                  });
            });
  }

  @Test
  void aMoveDuringAnEffectIsUnknownAndNotSaidToBeUnsent() {
    world.open();
    world.vendor.on(RESTART, (request, cut) -> doneWhileItMoves());
    assertThat(world.call(RESTART, OWN))
        .isInstanceOfSatisfying(
            Answered.class,
            a -> {
              assertThat(a.outcome()).isEqualTo(Outcome.UNKNOWN);
              assertThat(a.result().isEmpty()).isTrue();
              assertThat(a.detail()).doesNotContain("owner").doesNotContain("tenant");
            });
    assertThat(world.vendor.broker().principals()).isEmpty();
  }

  @Test
  void aRecordThatCannotBeReadAfterTheEffectLeavesItUnknown() {
    world.open();
    world.vendor.on(RESTART, (request, cut) -> doneAndGone());
    assertThat(world.call(RESTART, OWN))
        .isInstanceOfSatisfying(
            Answered.class, a -> assertThat(a.outcome()).isEqualTo(Outcome.UNKNOWN));
  }

  private dev.remit.core.execution.Execution doneAndGone() {
    world.watch.takeAway("vendor.read");
    return FakeConnector.done();
  }

  @Test
  void anAnswerOfAnotherOwnerIsNotReleased() {
    world.open();
    world.vendor.on(HEALTH, (request, cut) -> FakeConnector.done(reading(OWN, "2")));
    assertWithheld(world.call(HEALTH, OWN), "tenant-mismatch");
  }

  @Test
  void anAnswerWithoutItsOwnerIsNotReleased() {
    world.open();
    world.vendor.on(HEALTH, (request, cut) -> FakeConnector.done());
    assertWithheld(world.call(HEALTH, OWN), "tenant-unknown");
  }

  @Test
  void anAnswerAboutAnotherRecordProvesNothing() {
    world.open();
    world.vendor.on(HEALTH, (request, cut) -> FakeConnector.done(reading(OWN_TOO, "1")));
    assertWithheld(world.call(HEALTH, OWN), "tenant-unknown");
  }

  @Test
  void anAnswerThatCarriesAForeignRecordBesideTheOwnIsNotReleased() {
    world.open();
    world.vendor.on(
        HEALTH, (request, cut) -> FakeConnector.done(reading(OWN, "1"), reading(FOREIGN, "2")));
    assertWithheld(world.call(HEALTH, OWN), "tenant-mismatch");
  }

  @Test
  void whatTheInventorySaysIsCorrectedByWhatWasReadAgain() {
    world.open();
    world.watch.once("broker.issue", () -> world.move(OWN, "2"));
    assertNoEffect(world.call(RESTART, OWN), ReasonCode.TENANT_MISMATCH);
    world.watch.forget();
    assertThat(world.call(RESTART, OWN)).isInstanceOf(Refused.class);
    assertThat(world.isAnythingSent()).isFalse();
  }

  @Test
  void whatAnEffectChangesItselfIsKnownToTheNextCall() {
    world.open();
    world.vendor.on(
        RESTART,
        (request, cut) -> {
          world.put(reading(OWN, "1", "kiosk", "after"));
          return FakeConnector.done();
        });
    assertThat(world.call(RESTART, OWN)).isInstanceOf(Answered.class);
    world.vendor.on(SERVICES, (request, cut) -> FakeConnector.done());
    assertThat(world.call(SERVICES, OWN))
        .isInstanceOfSatisfying(
            Answered.class, a -> assertThat(a.outcome()).isEqualTo(Outcome.SUCCEEDED));
  }
}
