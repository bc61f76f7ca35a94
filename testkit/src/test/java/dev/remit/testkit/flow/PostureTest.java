package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClass.WorkloadIdentity;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.value.Value;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the installation says of itself. */
class PostureTest {
  private final FlowWorld world = new FlowWorld();

  private Value.Obj posture() {
    return world.drivers().oversight().posture();
  }

  private static AgentClass legacy(AgentClass known) {
    var identities =
        known.identities().stream()
            .map(one ->
                one.agent().tenant().equals(HARBOR)
                    ? new WorkloadIdentity(one.proof().unbound(), one.agent())
                    : one)
            .toList();
    return new AgentClass(
        known.id(),
        known.owner(),
        known.purpose(),
        known.modelProvider(),
        known.taskClasses(),
        identities,
        known.autonomy());
  }

  @Test
  void onlyWhoNeedsNoKeyIsUnbound() {
    assertThat(posture().items("unbound")).isEmpty();
    var release = FlowRelease.of("v1");
    AgentClassId desk = world.desk.id().agentClass();
    var classes = new HashMap<>(release.agentClasses());
    classes.compute(desk, (id, known) -> legacy(java.util.Objects.requireNonNull(known)));
    world.releases.activate(
        release.supposing(release.tenants(), classes, release.connectors()), world.policy);
    List<Value> unbound = posture().items("unbound");
    assertThat(unbound).isNotEmpty().contains(Value.of(world.desk.id().text()));
    assertThat(unbound).allMatch(one -> one.toString().contains(HARBOR.value()));
  }

  @Test
  void whatStandsOutsideTheFlowIsAskedEachTime() {
    var drivers = world.drivers();
    var states = Arrays.asList("well", "failing").iterator();
    drivers.showInPosture("sinks", () -> Value.of(states.next()));
    assertThat(drivers.oversight().posture().text("sinks")).contains("well");
    assertThat(drivers.oversight().posture().text("sinks")).contains("failing");
  }
}
