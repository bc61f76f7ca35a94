package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HEALTH;
import static dev.remit.testkit.flow.FlowRelease.SCAN;
import static dev.remit.testkit.flow.FlowWorld.FOREIGN;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.call.Sha256;
import dev.remit.core.decision.Decision;
import dev.remit.core.evidence.Entry;
import dev.remit.core.flow.CallResult.Answered;
import dev.remit.core.value.Value;
import dev.remit.testkit.FakeConnector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What policy looked at, what evidence holds and what leaves are one value. */
class DecidedIsSentTest {
  private final FlowWorld world = new FlowWorld();

  @Test
  void hostileCase17WhatIsRewrittenAfterTheCheckIsNotWhatIsSent() {
    world.open();
    Map<String, Value> members = new HashMap<>(Map.of("device", Value.of(OWN)));
    var arguments = new Value.Obj(members);
    world.policy.when(
        question -> {
          members.put("device", Value.of(FOREIGN));
          return false;
        },
        new Decision.Permit(List.of()));
    world.points.at("before-intent", () -> members.put("device", Value.of(FOREIGN)));
    assertThat(world.call(world.desk, HEALTH, arguments, Optional.empty()))
        .isInstanceOf(Answered.class);
    var sent = world.vendor.sent().getLast().arguments();
    assertThat(sent).isEqualTo(Value.object("device", OWN));
    assertThat(world.policy.asked().getLast().call().arguments()).isEqualTo(sent);
    assertThat(world.intents().getLast().fields().text("arguments")).contains(Sha256.of(sent));
  }

  @Test
  void hostileCase17NothingInsideACallCanBeExchangedOnItsWay() {
    world.open();
    List<Value> items = new ArrayList<>(List.of(Value.of("one")));
    var arguments = Value.object("device", OWN, "service", new Value.Array(items));
    items.set(0, Value.of("another"));
    world.vendor.on(
        SCAN,
        (request, cut) -> {
          assertThatThrownBy(() -> request.arguments().members().put("device", Value.of(FOREIGN)))
              .isInstanceOf(UnsupportedOperationException.class);
          return FakeConnector.done();
        });
    world.call(world.desk, SCAN, arguments, Optional.empty());
    var sent = world.vendor.sent().getLast().arguments();
    assertThat(sent).isEqualTo(Value.object("device", OWN, "service", List.of("one")));
    assertThat(world.policy.asked().getLast().call().arguments()).isEqualTo(sent);
    assertThat(world.entries(Entry.Kind.INTENT).getLast().body().object("arguments"))
        .contains(sent);
  }
}
