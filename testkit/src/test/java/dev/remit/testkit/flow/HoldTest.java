package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.HEALTH;
import static dev.remit.testkit.flow.FlowRelease.NORTHWIND;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Verdict;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.execution.Outcome;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.CallResult.Answered;
import dev.remit.core.flow.CallResult.Refused;
import dev.remit.core.flow.Drivers;
import dev.remit.core.flow.KillSwitch;
import dev.remit.core.flow.TaskResult;
import dev.remit.core.kill.KillOrder.Mode;
import dev.remit.core.kill.KillScope;
import dev.remit.core.task.Task;
import dev.remit.core.tenant.TenantId;
import dev.remit.testkit.flow.Crowd.Human;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hold refuses what a kill refuses and ends no task; and who is told of stops. */
class HoldTest {
  private static final KillScope TENANT = KillScope.tenant(HARBOR);
  private static final String AGENT = "agent:service-desk/harbor-dental/production/destructive";
  private final FlowWorld world = new FlowWorld();

  private void hold(String scope) {
    hold(world.drivers(), new KillScope(scope));
  }

  private static void hold(Drivers at, KillScope scope) {
    at.oversight().stop(scope, Mode.HOLD, "officer", "look first");
  }

  private CallResult restart(Task task) {
    return world.call(world.desk, RESTART, on(OWN), Optional.of(task.id()));
  }

  private static void assertRefused(CallResult result, ReasonCode reason) {
    assertThat(result)
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.reason()).isEqualTo(reason));
  }

  private Task.State stateOf(Task task) {
    return world.ledgers.tasks().find(task.tenant(), task.id()).orElseThrow().state();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "everything",
        "tenant:harbor-dental",
        "class:service-desk",
        AGENT,
        "instance:one",
        "connector:rmm"
      })
  void nothingUnderAHoldIsAdmittedAndItsTaskStaysOpen(String scope) {
    var task = world.open();
    hold(scope);
    assertRefused(restart(task), ReasonCode.HELD);
    assertThat(world.isAnythingSent()).isFalse();
    assertThat(stateOf(task)).isEqualTo(Task.State.OPEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tenant:northwind-legal",
        "class:clerk",
        "agent:service-desk/harbor-dental/production/observe",
        "instance:another",
        "connector:psa"
      })
  void aHoldOfOthersTouchesNothingHere(String scope) {
    var task = world.open();
    hold(scope);
    assertThat(restart(task)).isInstanceOf(Answered.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"everything", "tenant:harbor-dental", AGENT})
  void noTaskIsOpenedUnderAHold(String scope) {
    hold(scope);
    assertThat(world.wish(world.desk, "service", "500", OWN))
        .isInstanceOfSatisfying(
            TaskResult.Refused.class, r -> assertThat(r.reason()).isEqualTo(ReasonCode.HELD));
  }

  @Test
  void aKillBesideAHoldIsAKill() {
    var task = world.open();
    hold("everything");
    world.drivers().oversight().kill(TENANT, "officer", "enough");
    assertRefused(restart(task), ReasonCode.KILLED);
    assertThat(stateOf(task)).isEqualTo(Task.State.KILLED);
  }

  @Test
  void aHoldCutsARunningCallAndItsLeaseEnds() {
    var task = world.open();
    var gate = world.vendor.hang(RESTART);
    var call = Together.start(() -> restart(task));
    gate.awaitArrival();
    hold("everything");
    assertThat(Together.await(call))
        .isInstanceOfSatisfying(
            Answered.class, a -> assertThat(a.outcome()).isEqualTo(Outcome.UNKNOWN));
    assertThat(world.vendor.broker().principals()).isEmpty();
  }

  @Test
  void aHoldBeforeTheSendSendsNothingAndSaysSo() {
    var task = world.open();
    world.points.at("before-send", () -> hold("connector:rmm"));
    restart(task);
    assertThat(world.watch.events()).doesNotContain("vendor.execute");
    assertThat(world.entries(Kind.OUTCOME))
        .anySatisfy(entry -> assertThat(entry.fields().text("reason")).contains("held"));
  }

  @Test
  void aHoldOrderedByAnotherProcessCutsHereAtTheNextRound() {
    var task = world.open();
    var gate = world.vendor.hang(RESTART);
    var call = Together.start(() -> restart(task));
    gate.awaitArrival();
    hold(world.process("two"), KillScope.EVERYTHING);
    assertThat(call.isDone()).isFalse();
    world.drivers().lookForStops();
    assertThat(Together.await(call)).isInstanceOf(Answered.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tenant:harbor-dental", "class:service-desk", AGENT, "instance:one"})
  void aHoldOrderedByAnotherProcessEndsTheSharedCredentialHere(String scope) {
    world.open();
    assertThat(world.call(HEALTH, OWN)).isInstanceOf(Answered.class);
    assertThat(world.vendor.broker().principals()).hasSize(1);
    hold(world.process("two"), new KillScope(scope));
    world.drivers().lookForStops();
    assertThat(world.vendor.broker().principals()).isEmpty();
  }

  @Test
  void aKillOfAConnectorEndsTheSharedCredentialsAtIt() {
    world.open();
    assertThat(world.call(HEALTH, OWN)).isInstanceOf(Answered.class);
    world.drivers().oversight().kill(new KillScope("connector:rmm"), "officer", "x");
    assertThat(world.vendor.broker().principals()).isEmpty();
  }

  @Test
  void aTaskHeldByAnotherProcessIsCutHereAfterTwoRounds() {
    var crowd = new Crowd(world);
    var task = world.open();
    var gate = world.vendor.hang(RESTART);
    var call = Together.start(() -> restart(task));
    gate.awaitArrival();
    var desk = world.process("two").taskDesk();
    assertThat(desk.hold(crowd.olga.person(), HARBOR, task.id(), "wait").toString())
        .contains("HELD");
    world.drivers().lookForStops();
    world.drivers().lookForStops();
    assertThat(Together.await(call)).isInstanceOf(Answered.class);
  }

  @Test
  void theSameTaskGoesOnOnceTheHoldIsLifted() {
    var crowd = new Crowd(world);
    var task = world.open();
    hold(world.drivers(), TENANT);
    world.pass(Duration.ofSeconds(1));
    crowd.answer(crowd.sam, TenantId.OPERATOR, asked(crowd.olga, TENANT), Verdict.GRANT);
    assertThat(restart(task)).isInstanceOf(Answered.class);
  }

  @Test
  void onlyTheClientLiftsAHoldOfTheClients() {
    var crowd = new Crowd(world);
    var held = killSwitch().stop(crowd.hanna.person(), TENANT, Mode.HOLD, "odd");
    assertThat(held).isEqualTo(new KillSwitch.Done(List.of()));
    world.pass(Duration.ofSeconds(1));
    var proposal = asked(crowd.olga, TENANT);
    crowd.answer(crowd.sam, TenantId.OPERATOR, proposal, Verdict.GRANT);
    assertThat(world.ledgers.kills().active()).hasSize(1);
    crowd.answer(crowd.hugo, HARBOR, proposal, Verdict.GRANT);
    assertThat(world.ledgers.kills().active()).isEmpty();
  }

  @Test
  void aClientHoldsItsOwnTenantAndNothingElse() {
    var crowd = new Crowd(world);
    for (var scope : List.of(KillScope.EVERYTHING, KillScope.tenant(NORTHWIND))) {
      assertThat(killSwitch().stop(crowd.hanna.person(), scope, Mode.HOLD, "x"))
          .isInstanceOf(KillSwitch.NotStopped.class);
    }
    assertThat(world.ledgers.kills().active()).isEmpty();
  }

  private KillSwitch killSwitch() {
    return world.drivers().killSwitch();
  }

  private ProposalId asked(Human by, KillScope scope) {
    var result = killSwitch().askToLift(by.person(), scope, "it was a drill");
    assertThat(result).isInstanceOf(KillSwitch.Asked.class);
    return ((KillSwitch.Asked) result).proposal();
  }

  private List<Entry> told(TenantId tenant, Kind kind) {
    return world.ledgers.entries(tenant).stream().filter(e -> e.kind() == kind).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"everything", "connector:rmm"})
  void everyTenantThatIsTouchedIsToldWithoutTheReason(String scope) {
    world.drivers().oversight().kill(new KillScope(scope), "officer", "northwind has ransomware");
    for (var tenant : List.of(HARBOR, NORTHWIND)) {
      assertThat(told(tenant, Kind.KILL))
          .hasSize(1)
          .allSatisfy(entry -> {
            assertThat(entry.fields().text("scope")).contains(scope);
            assertThat(entry.leaf() + entry.body()).doesNotContain("ransomware");
          });
    }
    assertThat(told(TenantId.OPERATOR, Kind.KILL)).hasSize(1);
  }

  @Test
  void ofAnInstanceThoseAreToldWhereItHasTasks() {
    world.open();
    world.drivers().oversight().kill(new KillScope("instance:one"), "officer", "x");
    assertThat(told(HARBOR, Kind.KILL)).hasSize(1);
    assertThat(told(NORTHWIND, Kind.KILL)).isEmpty();
  }

  @Test
  void aStopOfOneTenantIsToldToNoOther() {
    world.drivers().oversight().kill(TENANT, "officer", "x");
    assertThat(told(HARBOR, Kind.KILL)).hasSize(1);
    assertThat(told(NORTHWIND, Kind.KILL)).isEmpty();
    assertThat(told(TenantId.OPERATOR, Kind.KILL)).isEmpty();
  }

  @Test
  void whoWasToldOfTheStopIsToldOfItsLift() {
    var crowd = new Crowd(world);
    hold(world.drivers(), KillScope.EVERYTHING);
    world.pass(Duration.ofSeconds(1));
    crowd.answer(
        crowd.sam, TenantId.OPERATOR, asked(crowd.olga, KillScope.EVERYTHING), Verdict.GRANT);
    assertThat(told(NORTHWIND, Kind.KILL_LIFTED)).hasSize(1);
    assertThat(told(HARBOR, Kind.KILL))
        .singleElement()
        .satisfies(entry -> assertThat(entry.fields().text("mode")).contains("hold"));
  }
}
