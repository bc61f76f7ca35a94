package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowWorld.FOREIGN;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.call.CallRequest;
import dev.remit.core.execution.Cut;
import dev.remit.core.flow.CallResult;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.identity.GradeFamily;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What of oversight cannot be read hides nothing else. */
class BlindRoundTest extends Overseen {

  private static final Duration LATE = Duration.ofDays(5);

  /** An effect at the other company, whose log is then as new as Harbor's. */
  private void restartedElsewhere() {
    world.openForeign();
    var other =
        world.agent(FlowRelease.DESK, FlowRelease.NORTHWIND, GradeFamily.DESTRUCTIVE, "two");
    var result =
        world
            .drivers()
            .call(
                new CallRequest(
                    other,
                    FlowRelease.RESTART,
                    FlowWorld.on(FOREIGN),
                    Optional.empty(),
                    Optional.empty()),
                new Cut());
    assertThat(result).isInstanceOf(CallResult.Answered.class);
  }

  @Test
  void aLogThatCannotBeReadKeepsNoOtherFromBeingRead() {
    restartedElsewhere();
    world.open();
    assertThat(world.call(FlowRelease.RESTART, OWN)).isInstanceOf(CallResult.Answered.class);
    world.watch.once(
        "oversight.read",
        () -> {
          throw new IllegalStateException("the first log cannot be read");
        });
    assertThatThrownBy(this::oversee).hasMessageContaining("cannot be read");
    var read =
        desk().open(FlowRelease.HARBOR, 10).size() + desk().open(FlowRelease.NORTHWIND, 10).size();
    // Both, where the first one was the operator's own.
    assertThat(read).isPositive();
  }

  @Test
  void aLogThatCannotBeReadKeepsNothingOverdueFromLoweringItsLevel() {
    restarted(OWN);
    assertThat(level()).isEqualTo(AutonomyLevel.SUPERVISED);
    world.pass(LATE);
    world.watch.takeAway("oversight.behind");
    assertThatThrownBy(this::oversee).isInstanceOf(RuntimeException.class);
    assertThat(level()).isEqualTo(AutonomyLevel.PROPOSE);
  }

  @Test
  void oneSetThatCannotBeCountedKeepsNoOtherFromLoweringItsLevel() {
    restartedElsewhere();
    restarted(OWN);
    world.pass(LATE);
    var counted = new AtomicInteger();
    world.watch.before(
        "oversight.count",
        () -> {
          if (counted.getAndIncrement() == 0) {
            throw new IllegalStateException("the first set cannot be counted");
          }
        });
    assertThatThrownBy(this::oversee).hasMessageContaining("cannot be counted");
    assertThat(counted).hasValue(2);
  }
}
