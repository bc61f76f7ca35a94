package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.COMPARE;
import static dev.remit.testkit.flow.FlowRelease.HEALTH;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowRelease.SCAN;
import static dev.remit.testkit.flow.FlowRelease.SERVICES;
import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.decision.Decision;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.execution.Execution;
import dev.remit.core.execution.Outcome;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.CallResult.Answered;
import dev.remit.core.flow.CallResult.Refused;
import dev.remit.core.release.VersionId;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermittedCallTest {
  private final FlowWorld world = new FlowWorld();

  private static Answered answered(CallResult result) {
    assertThat(result).isInstanceOf(Answered.class);
    return (Answered) result;
  }

  @ParameterizedTest
  @ValueSource(strings = {HEALTH, SERVICES, RESTART, SCAN, WIPE})
  void nothingIsSentBeforeTheIntentAndTheOneOutcomeComesLast(String tool) {
    world.open();
    var answer = answered(world.call(tool, OWN));
    assertThat(answer.outcome()).isEqualTo(Outcome.SUCCEEDED);
    var events = world.watch.events();
    var sends = events.stream().filter(FlowWorld::isSending).toList();
    assertThat(sends).contains("broker.issue", "vendor.execute");
    assertThat(events.indexOf("calls.admit")).isLessThan(events.indexOf(sends.getFirst()));
    assertThat(events.getLast()).isEqualTo("calls.settle");
    assertThat(world.entries(Kind.INTENT, answer.call())).hasSize(1);
    assertThat(world.entries(Kind.OUTCOME, answer.call()))
        .singleElement()
        .satisfies(entry -> assertThat(entry.fields().text("outcome")).contains("succeeded"));
  }

  @ParameterizedTest
  @ValueSource(strings = {RESTART, SCAN, WIPE})
  void theCredentialOfAnEffectIsGoneBeforeItsOutcomeIsWritten(String tool) {
    world.open();
    world.watch.before(
        "calls.settle", () -> assertThat(world.vendor.broker().principals()).isEmpty());
    var answer = answered(world.call(tool, OWN));
    assertThat(answer.isCleaningUp()).isFalse();
    assertThat(world.vendor.broker().made()).isPositive();
    assertThat(world.ledgers.leases().unfinished()).isEmpty();
  }

  @Test
  void aCredentialIsStoredWithItsEndBeforeItIsMade() {
    world.open();
    world.watch.before(
        "broker.issue",
        () ->
            assertThat(world.ledgers.leases().unfinished())
                .singleElement()
                .satisfies(lease -> assertThat(lease.end()).isAfter(world.clock.instant())));
    assertThat(answered(world.call(RESTART, OWN)).outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void aCredentialThatLingersIsSaidAndEndedByTheSweeper() {
    world.open();
    world.vendor.broker().linger(3);
    assertThat(answered(world.call(RESTART, OWN)).isCleaningUp()).isTrue();
    assertThat(world.vendor.broker().principals()).isNotEmpty();
    world.sweepFor(Duration.ofSeconds(15));
    assertThat(world.vendor.broker().principals()).isEmpty();
    assertThat(world.ledgers.leases().unfinished()).isEmpty();
    assertThat(world.entries(Kind.LEASE_ENDED)).hasSize(1);
  }

  @Test
  void neitherAnswerNorEvidenceShowsMoreOfACredentialThanItsName() {
    world.open();
    var answer = answered(world.call(RESTART, OWN));
    assertThat(answer.toString()).doesNotContain(world.names.prefix());
  }

  @Test
  void aVendorsNoIsRejectedAndShown() {
    world.open();
    var words = Value.object("isError", true);
    world.vendor.on(RESTART, (request, cut) -> new Execution.Rejected("409", words));
    var answer = answered(world.call(RESTART, OWN));
    assertThat(answer.outcome()).isEqualTo(Outcome.REJECTED);
    assertThat(answer.result()).isEqualTo(words);
  }

  @Test
  void aTimeOutIsUnknownAndItsCredentialGone() {
    world.open();
    world.vendor.on(RESTART, (request, cut) -> new Execution.Unknown("timed out"));
    var answer = answered(world.call(RESTART, OWN));
    assertThat(answer.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(answer.result().isEmpty()).isTrue();
    assertThat(world.vendor.broker().principals()).isEmpty();
  }

  @Test
  void anExecutorThatBreaksAfterSendingIsUnknownNeverFailed() {
    world.open();
    world.vendor.on(
        RESTART,
        (request, cut) -> {
          throw new IllegalStateException("broken");
        });
    var answer = answered(world.call(RESTART, OWN));
    assertThat(answer.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(world.vendor.broker().principals()).isEmpty();
  }

  @Test
  void aBrokerWithoutRightsSendsNothing() {
    world.open();
    world.vendor.broker().withoutRights(true);
    assertThat(answered(world.call(RESTART, OWN)).outcome()).isEqualTo(Outcome.FAILED);
    assertThat(world.vendor.sent()).isEmpty();
    assertThat(world.ledgers.leases().unfinished()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {SERVICES, RESTART})
  void aCredentialThatMayExistIsEndedAndNotUsed(String tool) {
    world.open();
    world.vendor.broker().halfDone(true);
    assertThat(answered(world.call(tool, OWN)).outcome()).isEqualTo(Outcome.FAILED);
    assertThat(world.vendor.broker().made()).isEqualTo(2);
    assertThat(world.vendor.sent()).isEmpty();
    assertThat(world.vendor.broker().principals()).isEmpty();
    assertThat(world.ledgers.leases().unfinished()).isEmpty();
  }

  @Test
  void anExpiredIdentityIsRefused() {
    world.open();
    world.pass(Duration.ofDays(30));
    assertThat(world.call(HEALTH, OWN))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.reason()).isEqualTo(ReasonCode.IDENTITY_EXPIRED));
    assertThat(world.isAnythingSent()).isFalse();
  }

  @Test
  void argumentsOutsideTheSchemaReachNothing() {
    world.open();
    var result =
        world.call(world.desk, RESTART, on(OWN).with("all", Value.of(true)), Optional.empty());
    assertThat(result).isInstanceOf(CallResult.InvalidArguments.class);
    assertThat(world.watch.events()).containsExactly("releases.active");
  }

  @Test
  void aToolThatChangedUpstreamIsRefused() {
    world.open();
    world.vendor.changed(Set.of(RESTART));
    assertThat(world.call(RESTART, OWN))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.reason()).isEqualTo(ReasonCode.TOOL_CHANGED));
    assertThat(world.isAnythingSent()).isFalse();
  }

  @Test
  void aDenialIsRecordedWithItsPolicyAndToldWithoutIt() {
    world.open();
    world.policy.deny(WIPE, ReasonCode.GUARDRAIL);
    var result = world.call(WIPE, OWN);
    assertThat(result)
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.reason().agentCode()).isEqualTo("not-permitted"));
    assertThat(result.toString()).doesNotContain("guardrail-1").doesNotContain("policy words");
    assertThat(world.isAnythingSent()).isFalse();
    assertThat(world.entries(Kind.REFUSAL))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.fields().text("reason")).contains("guardrail");
          assertThat(entry.fields().items("determining")).contains(Value.of("guardrail-1"));
        });
  }

  @Test
  void oneDeniedTargetDeniesAll() {
    world.open();
    world.policy.when(
        q -> q.target().filter(t -> t.ref().id().equals(FlowWorld.OWN_TOO)).isPresent(),
        new Decision.Deny(ReasonCode.NO_PERMIT, List.of(), ""));
    var both = Value.object("devices", List.of(OWN, FlowWorld.OWN_TOO));
    assertThat(world.call(world.desk, COMPARE, both, Optional.empty())).isInstanceOf(Refused.class);
    assertThat(world.isAnythingSent()).isFalse();
  }

  @Test
  void policyThatChangesBeforeTheIntentDecidesAgain() {
    world.open();
    var strict = new ScriptedPolicy();
    strict.deny(RESTART, ReasonCode.NO_PERMIT);
    world.watch.once(
        "calls.admit",
        () -> {
          world.ledgers.activate(new VersionId("v2"));
          world.releases.activate(FlowRelease.of("v2"), strict);
        });
    assertThat(world.call(RESTART, OWN))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.reason()).isEqualTo(ReasonCode.NO_PERMIT));
    assertThat(world.isAnythingSent()).isFalse();
    assertThat(world.intents()).isEmpty();
  }

  @Test
  void aRecordThatChangesBeforeTheIntentIsDecidedAgain() {
    world.open();
    world.policy.when(
        q -> q.target().flatMap(t -> t.attributes().text("role")).orElse("").equals("server"),
        new Decision.Deny(ReasonCode.NO_PERMIT, List.of(), ""));
    world.watch.once(
        "calls.admit",
        () -> {
          world.put(FlowWorld.reading(OWN, "1", "server", "2"));
          world.seeInventory();
        });
    assertThat(world.call(RESTART, OWN)).isInstanceOf(Refused.class);
    assertThat(world.isAnythingSent()).isFalse();
  }

  @Test
  void aRecordThatNeverComesToRestIsRefusedInTheEnd() {
    world.open();
    var version = new AtomicInteger(10);
    world.watch.before(
        "calls.admit",
        () -> {
          world.put(FlowWorld.reading(OWN, "1", "workstation", "" + version.incrementAndGet()));
          world.seeInventory();
        });
    assertThat(world.call(RESTART, OWN))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.reason()).isEqualTo(ReasonCode.TARGET_STALE));
    assertThat(world.isAnythingSent()).isFalse();
    assertThat(world.entries(Kind.REFUSAL)).hasSize(1);
  }
}
