package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.flow.CallResult;
import dev.remit.core.release.OwnSystems;
import dev.remit.core.release.Surroundings;
import dev.remit.core.release.VersionId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A client that wants its log witnessed before anything is destroyed. */
class WitnessedTest {
  private static final Duration WITHIN = Duration.ofMinutes(1);
  private final FlowWorld world = new FlowWorld();

  private void want() {
    world.ledgers.activate(new VersionId("v2"));
    world.releases.activate(
        FlowRelease.of("v2")
            .in(
                new Surroundings(
                    List.of(), OwnSystems.NONE, Surroundings.USUAL_DEPTH, Map.of(HARBOR, WITHIN))),
        world.policy);
  }

  private void assertRefused(CallResult result) {
    assertThat(result)
        .isInstanceOfSatisfying(
            CallResult.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(ReasonCode.EVIDENCE_UNAVAILABLE));
  }

  @Test
  void nothingIsDestroyedUnderALogThatNoWitnessEverSaw() {
    want();
    world.open();
    world.watch.forget();
    assertRefused(world.call(WIPE, OWN));
    assertThat(world.isAnythingSent()).isFalse();
  }

  @Test
  void aWitnessThatIsBehindStopsItAndOneThatIsThereLetsItHappen() {
    want();
    world.open();
    world.ledgers.witnessed(HARBOR, world.clock.instant().minus(WITHIN).minusMillis(1));
    assertRefused(world.call(WIPE, OWN));
    world.ledgers.witnessed(HARBOR, world.clock.instant());
    assertThat(world.call(WIPE, OWN)).isInstanceOf(CallResult.Answered.class);
  }

  @Test
  void whatCanBeUndoneWaitsForNoWitness() {
    want();
    world.open();
    assertThat(world.call(RESTART, OWN)).isInstanceOf(CallResult.Answered.class);
  }
}
