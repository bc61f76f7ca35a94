package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.COMPARE;
import static dev.remit.testkit.flow.FlowRelease.EXPORT;
import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.HEALTH;
import static dev.remit.testkit.flow.FlowRelease.NORTHWIND;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowRelease.SERVICES;
import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.advice.Access;
import dev.remit.core.advice.Advice;
import dev.remit.core.decision.Decision;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.kill.KillScope;
import dev.remit.core.target.TargetListing;
import dev.remit.core.task.Task;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What enforcement points outside hear is what policy says, on what the inventory knows. */
class AdviceTest {

  private static final String OWN = "rmm/device/" + FlowWorld.OWN;
  private static final String FOREIGN = "rmm/device/" + FlowWorld.FOREIGN;
  private static final Advice NOT_AVAILABLE = Advice.deny("target-not-available");
  private static final Advice NOT_PERMITTED = Advice.deny("not-permitted");
  private static final Set<String> CHANGES =
      Set.of("admit", "settle", "open", "close", "record", "append", "refuse", "propose");

  private final FlowWorld world = new FlowWorld();
  private final TargetListing listing =
      (tenant, kind, from, atMost) ->
          tenant.equals(HARBOR) && kind.equals("device")
              ? List.of(FlowWorld.device(FlowWorld.OWN), FlowWorld.device(FlowWorld.OWN_TOO))
              : List.of();

  private Advice advise(Access access) {
    return world.drivers().advisor(listing).of(HARBOR).on(access);
  }

  private Access access(String tool, String target) {
    return access(tool, target, Value.Obj.EMPTY, Value.Obj.EMPTY);
  }

  private Access access(String tool, String target, Value.Obj arguments, Value.Obj context) {
    return new Access(
        entity("agent", world.desk.id().text(), Value.Obj.EMPTY),
        new Access.Action(tool, arguments),
        entity("device", target, Value.Obj.EMPTY),
        context);
  }

  private static Access.Entity entity(String type, String id, Value.Obj claims) {
    return new Access.Entity(type, id, claims);
  }

  @Test
  void whatPolicyPermitsIsAdvisedAndNothingIsDone() {
    world.watch.forget();
    assertThat(advise(access(RESTART, OWN))).isEqualTo(Advice.permit());
    assertThat(world.watch.events())
        .noneMatch(event -> CHANGES.contains(event.substring(event.indexOf('.') + 1)))
        .noneMatch(event -> event.startsWith("vendor.") && !event.equals("vendor.changedTools"))
        .noneMatch(event -> event.startsWith("broker."));
    assertThat(world.drivers().openTasks(world.desk)).isEmpty();
  }

  @Test
  void whatIsClaimedOfSubjectAndResourceIsNotLookedAt() {
    var claims = Value.object("role", "domain-controller", "tenant", "northwind-legal");
    var access =
        new Access(
            entity("agent", world.desk.id().text(), Value.object("bound", true, "family", 9)),
            new Access.Action(RESTART, Value.Obj.EMPTY),
            entity("device", OWN, claims),
            Value.object("approvals", List.of("ask-" + RESTART)));
    assertThat(advise(access).isPermitted()).isTrue();
    assertThat(world.policy.asked())
        .isNotEmpty()
        .allSatisfy(question -> {
          assertThat(question.target().orElseThrow().attributes().text("role"))
              .contains("workstation");
          assertThat(question.call().caller().isBound()).isFalse();
          assertThat(question.approvals()).isEmpty();
        });
  }

  @Test
  void aClaimDoesNotMakeAForeignDeviceOurs() {
    var access =
        new Access(
            entity("agent", world.desk.id().text(), Value.Obj.EMPTY),
            new Access.Action(RESTART, Value.Obj.EMPTY),
            entity("device", FOREIGN, Value.object("tenant", "harbor-dental")),
            Value.Obj.EMPTY);
    assertThat(advise(access)).isEqualTo(NOT_AVAILABLE);
    assertThat(world.policy.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {FOREIGN, "rmm/device/9999", "psa/device/1001", "1001", "", "rmm/user/1001"})
  void foreignAndUnknownTargetsSoundAlike(String target) {
    assertThat(advise(access(RESTART, target))).isEqualTo(NOT_AVAILABLE);
  }

  @Test
  void aStaleTargetSoundsLikeAnUnknownOne() {
    world.pass(Duration.ofDays(2));
    assertThat(advise(access(RESTART, OWN))).isEqualTo(NOT_AVAILABLE);
  }

  @Test
  void agentsOfOthersAndUnknownOnesSoundAlike() {
    for (String id :
        List.of(
            "service-desk/northwind-legal/production/destructive",
            "service-desk/harbor-dental/test/destructive",
            "person/harbor-dental/production/destructive",
            "nobody",
            "")) {
      var good = access(RESTART, OWN);
      assertThat(
              advise(
                  new Access(
                      entity("agent", id, Value.Obj.EMPTY),
                      good.action(),
                      good.resource(),
                      good.context())))
          .as(id)
          .isEqualTo(NOT_PERMITTED);
    }
  }

  @Test
  void aToolThatNoTaskClassOfTheAgentNamesIsNotPermitted() {
    assertThat(advise(access(EXPORT, OWN))).isEqualTo(NOT_PERMITTED);
    assertThat(advise(access("rmm_nothing", OWN))).isEqualTo(NOT_PERMITTED);
  }

  @Test
  void aRequestForApprovalIsNoPermit() {
    world.policy.ask(WIPE, Duration.ofMinutes(30));
    var advice = advise(access(WIPE, OWN));
    assertThat(advice).isEqualTo(Advice.needsApproval(List.of("1 of msp.senior-technicians")));
    assertThat(advice.isPermitted()).isFalse();
  }

  @Test
  void aDenyIsToldAsAgentsHearIt() {
    world.policy.deny(RESTART, ReasonCode.GUARDRAIL);
    assertThat(advise(access(RESTART, OWN))).isEqualTo(NOT_PERMITTED);
    world.policy.err(SERVICES);
    assertThat(advise(access(SERVICES, OWN))).isEqualTo(NOT_PERMITTED);
  }

  @Test
  void theTaskClassThatAllowsMostCountsUnlessOneIsNamed() {
    world.policy.when(
        question -> question.taskClass().name().equals("never"),
        new Decision.Deny(ReasonCode.OUTSIDE_WINDOW, List.of(), "closed"));
    assertThat(advise(access(RESTART, OWN)).isPermitted()).isTrue();
    var never = Value.object("task_class", "never");
    assertThat(advise(access(RESTART, OWN, Value.Obj.EMPTY, never)))
        .isEqualTo(Advice.deny("outside-window"));
    var exports = Value.object("task_class", "exports");
    assertThat(advise(access(RESTART, OWN, Value.Obj.EMPTY, exports))).isEqualTo(NOT_PERMITTED);
  }

  @Test
  void aNamedTaskIsTheOneThatIsStored() {
    var task = world.open(world.desk, "service", "500", FlowWorld.OWN);
    assertThat(advise(inTask(task.id().value(), FlowWorld.OWN)).isPermitted()).isTrue();
    assertThat(advise(inTask(task.id().value(), FlowWorld.OWN_TOO)))
        .isEqualTo(Advice.deny("outside-task"));
    assertThat(advise(inTask("another", FlowWorld.OWN))).isEqualTo(NOT_PERMITTED);
    world.drivers().closeTask(world.desk, task.id(), Task.State.DONE);
    assertThat(advise(inTask(task.id().value(), FlowWorld.OWN))).isEqualTo(Advice.deny("no-task"));
  }

  private Access inTask(String task, String device) {
    return access(RESTART, "rmm/device/" + device, Value.Obj.EMPTY, Value.object("task", task));
  }

  @Test
  void argumentsAreThoseOfTheActionAndNameTheSameTarget() {
    assertThat(
            advise(access(RESTART, OWN, Value.object("service", "spooler"), Value.Obj.EMPTY))
                .isPermitted())
        .isTrue();
    assertThat(world.policy.asked().getFirst().call().arguments().text("service"))
        .contains("spooler");
    var other = Value.object("device", FlowWorld.OWN_TOO);
    assertThat(advise(access(RESTART, OWN, other, Value.Obj.EMPTY))).isEqualTo(NOT_AVAILABLE);
    var unknown = Value.object("force", true);
    assertThat(advise(access(RESTART, OWN, unknown, Value.Obj.EMPTY)))
        .isEqualTo(Advice.deny("arguments-not-valid"));
  }

  @Test
  void aKilledAgentIsAdvisedNothing() {
    world.drivers().oversight().kill(KillScope.agent(world.desk.id()), "officer", "test");
    assertThat(advise(access(HEALTH, OWN))).isEqualTo(Advice.deny("killed"));
  }

  @Test
  void aStoreThatIsAwayIsNoAnswer() {
    world.watch.takeAway("kills.");
    assertThatThrownBy(() -> advise(access(RESTART, OWN))).isInstanceOf(RuntimeException.class);
    world.watch.bringBack();
    world.watch.takeAway("inventory.");
    assertThat(advise(access(RESTART, OWN)).isPermitted()).isFalse();
  }

  @Test
  void whatMayBeLookedForIsTheTenantsOwn() {
    var view = world.drivers().advisor(listing).of(HARBOR);
    assertThat(view.subjects("agent", 0, 100))
        .hasSize(7)
        .isSorted()
        .allMatch(name -> name.contains("/harbor-dental/"));
    assertThat(view.subjects("agent", 4, 100)).hasSize(3);
    assertThat(view.subjects("agent", 9, 100)).isEmpty();
    assertThat(view.subjects("user", 0, 100)).isEmpty();
    assertThat(view.resources("device", 0, 100)).containsExactly(OWN, "rmm/device/1002");
    assertThat(view.resources("tenant", 0, 100)).containsExactly("harbor-dental");
    var desk = entity("agent", world.desk.id().text(), Value.Obj.EMPTY);
    assertThat(view.actions(desk, 0, 100)).contains(COMPARE, RESTART, WIPE).doesNotContain(EXPORT);
    var other = world.drivers().advisor(listing).of(NORTHWIND);
    assertThat(other.actions(desk, 0, 100)).isEmpty();
    assertThat(other.resources("device", 0, 100)).isEmpty();
  }
}
