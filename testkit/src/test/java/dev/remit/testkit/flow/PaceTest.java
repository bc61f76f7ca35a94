package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HEALTH;
import static dev.remit.testkit.flow.FlowRelease.MAIL;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowRelease.SCAN;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.OWN_TOO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.execution.Execution;
import dev.remit.core.execution.Outcome;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.CallResult.Answered;
import dev.remit.core.flow.CallResult.Refused;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rates of a task class, and what becomes of answers with words of outsiders in them. */
class PaceTest {
  private final FlowWorld world = new FlowWorld();

  private void opened() {
    world.open(world.desk, "paced", "500", OWN, OWN_TOO);
  }

  private static void assertLimited(CallResult result) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(ReasonCode.LIMIT_EXCEEDED));
  }

  private static Answered done(CallResult result) {
    assertThat(result).isInstanceOf(Answered.class);
    assertThat(((Answered) result).outcome()).isEqualTo(Outcome.SUCCEEDED);
    return (Answered) result;
  }

  @Test
  void aServiceIsRestartedOncePerDeviceAndHalfHour() {
    opened();
    done(world.call(RESTART, OWN));
    world.pass(Duration.ofMinutes(11));
    assertLimited(world.call(RESTART, OWN));
    done(world.call(RESTART, OWN_TOO));
    world.pass(Duration.ofMinutes(19));
    done(world.call(RESTART, OWN));
    assertThat(world.vendor.sent()).hasSize(3);
  }

  @Test
  void anEffectThatMayHaveHappenedGivesNothingBack() {
    opened();
    world.vendor.on(RESTART, (request, cut) -> new Execution.Unknown("nobody answered"));
    world.call(RESTART, OWN);
    world.pass(Duration.ofMinutes(11));
    assertLimited(world.call(RESTART, OWN));
  }

  @Test
  void tryingAgainAndAgainIsNoWay() {
    opened();
    world.policy.deny(SCAN, ReasonCode.NO_PERMIT);
    for (int i = 0; i < 6; i++) {
      assertThat(world.call(SCAN, OWN)).isInstanceOf(Refused.class);
    }
    assertLimited(world.call(HEALTH, OWN));
    world.pass(Duration.ofMinutes(59));
    assertLimited(world.call(HEALTH, OWN));
  }

  @Test
  void whoWasRefusedForTheRateAloneGetsThroughInTime() {
    opened();
    for (int i = 0; i < 6; i++) {
      done(world.call(HEALTH, OWN));
    }
    for (int i = 0; i < 20; i++) {
      assertLimited(world.call(HEALTH, OWN));
    }
    world.policy.forget();
    world.open(world.desk, "service", "501", OWN);
    assertThat(world.entries(Kind.REFUSAL)).hasSize(20);
  }

  private void mails() {
    var mail = Value.object("subject", "ring me", "from", "eve@evil.example", "body", "SECRET");
    world.vendor.on(
        MAIL,
        (request, cut) ->
            new Execution.Done(
                Value.object(
                    "content",
                    List.of(Value.object("type", "text", "text", "ring me SECRET eve")),
                    "structuredContent",
                    mail),
                List.of()));
  }

  @Test
  void whatIsNotReleasedNeverReachesTheAgent() {
    opened();
    mails();
    var told = done(world.call(MAIL, OWN)).result();
    assertThat(told.object("structuredContent")).contains(Value.object("subject", "ring me"));
    assertThat(told.toString()).doesNotContain("SECRET").doesNotContain("eve");
    var outcome = world.entries(Kind.OUTCOME).getLast();
    assertThat(outcome.fields().object("withheld"))
        .contains(
            Value.object(
                "classes",
                Value.object("personal", 1, "unclassified", 1),
                "fields",
                Value.texts(List.of("/from"))));
    assertThat(outcome.toString()).doesNotContain("SECRET").doesNotContain("evil.example");
  }

  @Test
  void afterWordsOfOutsidersPolicyKnows() {
    opened();
    mails();
    world.call(RESTART, OWN);
    assertThat(lastAsked()).isFalse();
    world.call(MAIL, OWN);
    assertThat(lastAsked()).as("the read itself").isFalse();
    world.call(RESTART, OWN_TOO);
    assertThat(lastAsked()).isTrue();
    assertThat(world.ofTasks(Kind.OUTCOME).get(1).toString()).contains("untrusted");
  }

  private boolean lastAsked() {
    return world.policy.asked().getLast().call().task().hasReadUntrusted();
  }

  @Test
  void anotherReplicaThatKnewTheTaskBeforeDecidesAgain() {
    opened();
    mails();
    var other = world.process("two");
    var task = world.ledgers.tasks().list(FlowRelease.HARBOR, 1).getFirst();
    var request =
        new dev.remit.core.call.CallRequest(
            world.desk,
            SCAN,
            FlowWorld.on(OWN),
            java.util.Optional.of(task.id()),
            java.util.Optional.of("again"));
    other.call(request, new dev.remit.core.execution.Cut());
    world.call(MAIL, OWN);
    var second =
        new dev.remit.core.call.CallRequest(
            world.desk,
            SCAN,
            FlowWorld.on(OWN_TOO),
            java.util.Optional.of(task.id()),
            java.util.Optional.of("once more"));
    done(other.call(second, new dev.remit.core.execution.Cut()));
    assertThat(lastAsked()).isTrue();
  }
}
