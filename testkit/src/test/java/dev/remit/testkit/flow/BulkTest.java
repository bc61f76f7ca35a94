package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.COMPARE;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.OWN_TOO;
import static dev.remit.testkit.flow.FlowWorld.reading;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.execution.Execution;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.CallResult.Answered;
import dev.remit.core.flow.CallResult.InvalidArguments;
import dev.remit.core.flow.CallResult.Refused;
import dev.remit.core.flow.CallResult.TooMany;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lists of targets, and selections that stand for them. A task here takes three at most. */
class BulkTest {
  private static final Value.Obj WORKSTATIONS =
      Value.object("devices", Value.object("role", "workstation"));

  private final FlowWorld world = new FlowWorld();

  private CallResult compare(Value.Obj arguments) {
    return world.call(world.desk, COMPARE, arguments, Optional.empty());
  }

  private static Value.Obj naming(List<String> ids) {
    return Value.object("devices", Value.texts(ids));
  }

  private void assertNothingSent(CallResult result, ReasonCode reason) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
    assertThat(world.vendor.sent()).isEmpty();
  }

  @Test
  void aSelectionBecomesTheListThatItMeansBeforeAnythingIsDecided() {
    world.open(world.desk, "service", "500", OWN, OWN_TOO, "1003");
    world.vendor.on(
        COMPARE,
        (request, cut) ->
            new Execution.Done(
                Value.object("content", List.of(), "structuredContent", Value.Obj.EMPTY),
                List.of()));
    var answer = (Answered) compare(WORKSTATIONS);
    var expected = naming(List.of(OWN, OWN_TOO, "1003"));
    assertThat(world.vendor.sent().getLast().arguments()).isEqualTo(expected);
    assertThat(world.policy.asked()).hasSize(3);
    assertThat(world.policy.asked())
        .allSatisfy(asked -> assertThat(asked.call().arguments()).isEqualTo(expected));
    assertThat(answer.result().toString()).contains("selected targets: 1001, 1002, 1003");
  }

  @Test
  void moreThanATaskTakesIsRefusedAsAWholeAndForeignRecordsAreNotCounted() {
    world.open(world.desk, "service", "500", OWN);
    world.put(reading("1004", "1"));
    IntStream.range(0, 50).forEach(i -> world.put(reading("2" + (100 + i), "2")));
    world.seeInventory();
    assertThat(compare(WORKSTATIONS))
        .isInstanceOfSatisfying(
            TooMany.class,
            many -> {
              assertThat(many.named()).isEqualTo(4);
              assertThat(many.atMost()).isEqualTo(3);
            });
    assertThat(world.vendor.sent()).isEmpty();
    assertThat(world.policy.asked()).isEmpty();
    assertThat(world.entries(dev.remit.core.evidence.Entry.Kind.REFUSAL)).hasSize(1);
  }

  @Test
  void aSelectionNeverWidensItsTask() {
    world.open(world.desk, "service", "500", OWN);
    assertNothingSent(compare(WORKSTATIONS), ReasonCode.OUTSIDE_TASK);
  }

  @Test
  void aSelectionOfNothingIsRefused() {
    world.open(world.desk, "service", "500", OWN);
    for (var wanted :
        List.of(
            Value.object("role", "printer"),
            Value.Obj.EMPTY,
            Value.object("site", "1"),
            Value.object("role", 5),
            Value.object("role", "workstation", "owner", "2"))) {
      assertNothingSent(compare(Value.object("devices", wanted)), ReasonCode.TARGET_UNKNOWN);
    }
  }

  @Test
  void aRecordThatMatchesLaterIsInNoneOfIt() {
    world.open(world.desk, "service", "500", OWN, OWN_TOO, "1003");
    world.policy.ask(COMPARE, java.time.Duration.ofMinutes(30));
    assertThat(compare(WORKSTATIONS)).isInstanceOf(CallResult.Waiting.class);
    world.put(reading("1004", "1"));
    world.seeInventory();
    var waiting = world.ledgers.proposals().list(FlowRelease.HARBOR, 10).getFirst();
    assertThat(waiting.call().orElseThrow().arguments())
        .isEqualTo(naming(List.of(OWN, OWN_TOO, "1003")));
  }

  @Test
  void aTargetNamedTwiceIsNoList() {
    world.open(world.desk, "service", "500", OWN);
    assertThat(compare(naming(List.of(OWN, OWN)))).isInstanceOf(InvalidArguments.class);
    assertThat(world.vendor.sent()).isEmpty();
  }

  @Test
  void tenThousandTargetsAreRefusedWithoutLookingAtEach() {
    world.open(world.desk, "service", "500", OWN);
    world.watch.forget();
    var result = compare(naming(IntStream.range(0, 10_000).mapToObj(i -> "d" + i).toList()));
    assertThat(result).isInstanceOf(TooMany.class);
    assertThat(((TooMany) result).named()).isEqualTo(10_000);
    assertThat(world.watch.events()).noneMatch(event -> event.startsWith("inventory.resolve"));
  }
}
