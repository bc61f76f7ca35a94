package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HEALTH;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.OWN_TOO;
import static dev.remit.testkit.flow.FlowWorld.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.call.CallRequest;
import dev.remit.core.execution.Cut;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.CallResult.Answered;
import dev.remit.core.flow.CallResult.Joined;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JoinTest {
  private final FlowWorld world = new FlowWorld();

  private CallResult restart(Value.Obj arguments, String key) {
    var request =
        new CallRequest(
            world.desk,
            RESTART,
            arguments,
            Optional.empty(),
            Optional.of(key).filter(text -> !text.isEmpty()));
    return world.drivers().call(request, new Cut());
  }

  private Answered first(String key) {
    world.open();
    return (Answered) restart(on(OWN), key);
  }

  @Test
  void theSameChangeTwiceWithinTenMinutesIsSentOnce() {
    var first = first("");
    world.pass(Duration.ofMinutes(10));
    assertThat(restart(on(OWN), "")).isEqualTo(first);
    assertThat(world.vendor.sent()).hasSize(1);
    assertThat(world.intents()).hasSize(1);
  }

  @Test
  void theOrderOfArgumentsMakesNoOtherChange() {
    world.open();
    var one = Value.object("device", OWN, "service", "Spooler");
    var other = Value.object("service", "Spooler", "device", OWN);
    var first = restart(one, "");
    assertThat(first).isInstanceOf(Answered.class);
    assertThat(restart(other, "")).isEqualTo(first);
    assertThat(world.vendor.sent()).hasSize(1);
  }

  @Test
  void sixteenAtOnceAreSentOnce() {
    world.open();
    var results = Together.all(16, () -> restart(on(OWN), ""));
    assertThat(results).allMatch(Answered.class::isInstance);
    assertThat(java.util.Set.copyOf(results)).hasSize(1);
    assertThat(world.intents()).hasSize(1);
    assertThat(world.vendor.sent()).hasSize(1);
    assertThat(world.vendor.broker().principals()).isEmpty();
  }

  @Test
  void aNewIdempotencyKeySendsAgain() {
    first("a");
    assertThat(restart(on(OWN), "b")).isInstanceOf(Answered.class);
    assertThat(restart(on(OWN), "")).isInstanceOf(Answered.class);
    assertThat(world.vendor.sent()).hasSize(3);
  }

  @Test
  void theSameIdempotencyKeyJoins() {
    var first = first("a");
    assertThat(restart(on(OWN), "a")).isEqualTo(first);
    assertThat(world.vendor.sent()).hasSize(1);
  }

  @Test
  void anotherProcessSaysWhichCallWasJoinedAndSendsNothing() {
    var first = first("a");
    world.restart();
    assertThat(restart(on(OWN), "a")).isEqualTo(new Joined(first.call()));
    assertThat(world.vendor.sent()).hasSize(1);
  }

  @Test
  void whoJoinsARunningChangeGetsItsOutcome() {
    world.open();
    var gate = world.vendor.hang(RESTART);
    var first = Together.start(() -> restart(on(OWN), ""));
    gate.awaitArrival();
    var second = Together.start(() -> restart(on(OWN), ""));
    gate.open();
    assertThat(Together.await(second)).isEqualTo(Together.await(first));
    assertThat(world.vendor.sent()).hasSize(1);
  }

  @Test
  void aRefusedChangeJoinsNothing() {
    world.open();
    world.watch.takeAway("calls.admit");
    assertThat(restart(on(OWN), "a")).isInstanceOf(CallResult.Refused.class);
    world.watch.bringBack();
    assertThat(restart(on(OWN), "a")).isInstanceOf(Answered.class);
    assertThat(world.vendor.sent()).hasSize(1);
  }

  @Test
  void aKeyDoesNotJoinAnotherChange() {
    first("a");
    assertThat(restart(on(OWN_TOO), "a")).isInstanceOf(Answered.class);
    assertThat(world.vendor.sent()).hasSize(2);
  }

  @Test
  void afterTenMinutesItIsAnotherChange() {
    first("");
    world.pass(Duration.ofMinutes(10).plusSeconds(1));
    assertThat(restart(on(OWN), "")).isInstanceOf(Answered.class);
    assertThat(world.vendor.sent()).hasSize(2);
  }

  @Test
  void readsDoNotJoin() {
    world.open();
    assertThat(world.call(HEALTH, OWN)).isInstanceOf(Answered.class);
    assertThat(world.call(HEALTH, OWN)).isInstanceOf(Answered.class);
    assertThat(world.vendor.sent()).hasSize(2);
  }
}
