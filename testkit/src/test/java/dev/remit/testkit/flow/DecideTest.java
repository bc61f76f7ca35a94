package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.HEALTH;
import static dev.remit.testkit.flow.FlowRelease.MAIL;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowRelease.RMM;
import static dev.remit.testkit.flow.FlowWorld.FOREIGN;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.release.ConnectorSpec;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What people are told policy would say to a call that nobody makes. */
class DecideTest {
  private final FlowWorld world = new FlowWorld();

  private Value.Obj decide(String taskClass, String tool, String target) {
    return world
        .drivers()
        .oversight()
        .decide(
            Value.object(
                "agent", world.desk.id().text(),
                "tenant", HARBOR.value(),
                "taskClass", taskClass,
                "tool", tool,
                "target", target));
  }

  private static String decision(Value.Obj answer) {
    return answer.text("decision").orElse("") + " " + answer.text("reason").orElse("");
  }

  /** The same version while its one connector is only declared. */
  private void declareOnly() {
    var release = FlowRelease.of("v1");
    var known = Objects.requireNonNull(release.connectors().get(RMM));
    var declared =
        new ConnectorSpec(
            RMM,
            known.system(),
            "declared",
            known.owner(),
            known.scopeTruth(),
            known.endpoint(),
            known.settings());
    world.releases.activate(
        release.supposing(release.tenants(), release.agentClasses(), Map.of(RMM, declared)),
        world.policy);
  }

  @Test
  void whatIsPermittedAskedAndRefusedIsSaid() {
    assertThat(decision(decide("service", HEALTH, OWN))).isEqualTo("permit ");
    world.policy.ask(RESTART, Duration.ofHours(1));
    assertThat(decision(decide("service", RESTART, OWN))).isEqualTo("needs-approval ");
    world.policy.deny(HEALTH, ReasonCode.OUTSIDE_WINDOW);
    assertThat(decision(decide("service", HEALTH, OWN))).isEqualTo("deny outside-window");
    assertThat(decision(decide("service", HEALTH, FOREIGN))).isEqualTo("deny tenant-mismatch");
  }

  @Test
  void aToolOfADeclaredConnectorIsDecidedLikeAnyAndSaidToBeDeclaredOnly() {
    declareOnly();
    world.policy.ask(RESTART, Duration.ofHours(1));
    var asked = decide("service", RESTART, OWN);
    assertThat(decision(asked)).isEqualTo("needs-approval ");
    assertThat(asked.text("declaredOnly")).contains("rmm");
    assertThat(decide("service", HEALTH, OWN).text("decision")).contains("permit");
    assertThat(decide("service", HEALTH, "4711").text("declaredOnly")).contains("rmm");
  }

  @Test
  void aToolThatNoTaskClassOfTheAgentHasIsNotPermittedWhateverPolicySays() {
    var release = FlowRelease.of("v1");
    var fewer = new java.util.HashMap<>(release.taskClasses());
    fewer.remove("paced");
    world.releases.activate(
        new dev.remit.core.release.Release(
            release.version(),
            release.organisation(),
            release.tenants(),
            release.agentClasses(),
            release.orchestrators(),
            fewer,
            release.tools(),
            release.connectors(),
            release.ticketConnector(),
            release.people(),
            java.util.Set.of()),
        world.policy);
    assertThat(decision(decide("service", MAIL, OWN))).isEqualTo("deny no-permit");
  }

  @Test
  void aSecretIsNotEvenConsidered() {
    var answer = decide("service", HEALTH, "gh" + "p_" + "b".repeat(36));
    assertThat(decision(answer)).isEqualTo("deny target-unknown");
    var question =
        Value.object(
            "agent",
            world.desk.id().text(),
            "tenant",
            HARBOR.value(),
            "taskClass",
            "service",
            "tool",
            HEALTH,
            "target",
            OWN,
            "arguments",
            Value.object("service", "gh" + "p_" + "b".repeat(36)));
    assertThat(decision(world.drivers().oversight().decide(question)))
        .isEqualTo("deny secret-in-arguments");
    assertThat(world.policy.asked()).isEmpty();
  }
}
