package dev.remit.core.register;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.Autonomy;
import dev.remit.core.identity.AutonomyLevel;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What people launched comes back from its row as it was, or the class falls back at once. */
class BoundariesTest {

  private static Boundaries boundaries(Set<String> unbound) {
    return new Boundaries(
        Set.of("desk/harbor-dental/production/observe", "desk/harbor-dental/production/change"),
        unbound,
        Map.of("restart-service", Set.of("rmm_restart_service")),
        Map.of("harbor-dental/restart-service", Set.of()),
        Map.of("restart-service", new Autonomy.Range(AutonomyLevel.PROPOSE, AutonomyLevel.BOUNDED)),
        "example-models",
        "service-managers",
        Optional.of("staff/1"),
        Optional.of(new AgentClass.Escalation("asks", "takes-over")));
  }

  @Test
  void theyComeBackFromTheirRowAsTheyWere() {
    for (var unbound : Set.of(Set.<String>of(), Set.of("desk/harbor-dental/production/change"))) {
      var launched = boundaries(unbound);
      assertThat(Boundaries.parse(launched.value())).isEqualTo(launched);
      assertThat(launched.isWithin(Boundaries.parse(launched.value()))).isTrue();
    }
  }

  @Test
  void aTokenThatNeedBeBoundToNoKeyIsMoreReachAndAnotherDigest() {
    var bound = boundaries(Set.of());
    var unbound = boundaries(Set.of("desk/harbor-dental/production/change"));
    assertThat(unbound.isWithin(bound)).isFalse();
    assertThat(bound.isWithin(unbound)).isTrue();
    assertThat(unbound.digest()).isNotEqualTo(bound.digest());
  }
}
