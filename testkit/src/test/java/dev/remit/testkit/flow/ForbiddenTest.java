package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HEALTH;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowRelease.RMM;
import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.OWN_TOO;
import static dev.remit.testkit.flow.FlowWorld.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.TaskResult;
import dev.remit.core.release.OwnSystems;
import dev.remit.core.release.Release;
import dev.remit.core.release.Surroundings;
import dev.remit.core.release.VersionId;
import dev.remit.core.target.TargetRef;
import dev.remit.core.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Remit's own systems and groups: policy permits everything in this world and is never asked. */
class ForbiddenTest {
  private final FlowWorld world = new FlowWorld();

  private void own(String device, String... groups) {
    var release = FlowRelease.of("v2");
    var tools = new HashMap<>(release.tools());
    tools.computeIfPresent(RESTART, (name, tool) -> FlowRelease.withArgument(tool, "member_group"));
    var surroundings =
        new Surroundings(
            List.of(),
            new OwnSystems(Set.of(new TargetRef(RMM, "device", device)), Set.of(groups)));
    world.ledgers.activate(new VersionId("v2"));
    world.releases.activate(
        new Release(
                release.version(),
                release.organisation(),
                release.tenants(),
                release.agentClasses(),
                release.orchestrators(),
                release.taskClasses(),
                tools,
                release.connectors(),
                release.ticketConnector(),
                release.people(),
                release.authors())
            .in(surroundings),
        world.policy);
  }

  private CallResult call(String tool, Value.Obj arguments) {
    return world.call(world.desk, tool, arguments, Optional.empty());
  }

  private void assertRefused(CallResult result) {
    assertThat(result)
        .isInstanceOfSatisfying(
            CallResult.Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(ReasonCode.GUARDRAIL);
              assertThat(refused.reason().agentCode()).isEqualTo("not-permitted");
            });
    assertThat(world.isAnythingSent()).isFalse();
    assertThat(world.policy.asked()).isEmpty();
    assertThat(world.entries(Kind.REFUSAL)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {HEALTH, RESTART, WIPE})
  void noCallTouchesWhatIsRemitsOwn(String tool) {
    world.open();
    own(OWN);
    world.watch.forget();
    assertRefused(call(tool, on(OWN)));
  }

  @Test
  void noTaskIsOpenedOnIt() {
    own(OWN);
    assertThat(world.wish(world.desk, "service", "500", OWN))
        .isInstanceOfSatisfying(
            TaskResult.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(ReasonCode.GUARDRAIL));
  }

  @Test
  void otherTargetsAreNotTouchedByThis() {
    world.open();
    own(OWN_TOO);
    assertThat(call(RESTART, on(OWN))).isInstanceOf(CallResult.Answered.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seniors",
        "SENIORS",
        " Seniors ",
        "sen\u200Biors",
        "\uFF53eniors",
        "cn=Seniors,ou=groups,dc=example",
        "STAFF\\seniors",
        "staff/seniors",
        "seniors@staff.example",
        "it-approvers",
        "IT-Approvers",
        "remit-hosts",
        "REMIT-HOSTS"
      })
  void noCallNamesAGroupThatGivesFunctions(String group) {
    world.open();
    own("9999", "Remit-Hosts");
    world.watch.forget();
    assertRefused(call(RESTART, on(OWN).with("member_group", Value.of(group))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"seniors-of-sales", "staff", "", "printers"})
  void otherGroupsAreNamed(String group) {
    world.open();
    own("9999", "Remit-Hosts");
    assertThat(call(RESTART, on(OWN).with("member_group", Value.of(group))))
        .isInstanceOf(CallResult.Answered.class);
  }

  @Test
  void aGroupInAListIsFound() {
    world.open();
    own("9999");
    world.watch.forget();
    var groups = Value.texts(List.of("printers", "Seniors"));
    assertRefused(call(RESTART, on(OWN).with("member_group", groups)));
  }

  @Test
  void theSameWordInAnotherArgumentIsNoGroup() {
    world.open();
    own("9999");
    assertThat(call(RESTART, on(OWN).with("service", Value.of("seniors"))))
        .isInstanceOf(CallResult.Answered.class);
  }
}
