package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.COMPARE;
import static dev.remit.testkit.flow.FlowRelease.DESK;
import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.HEALTH;
import static dev.remit.testkit.flow.FlowRelease.NORTHWIND;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowRelease.SERVICES;
import static dev.remit.testkit.flow.FlowRelease.TRIAGE;
import static dev.remit.testkit.flow.FlowWorld.FOREIGN;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.device;
import static dev.remit.testkit.flow.FlowWorld.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.TaskRequest;
import dev.remit.core.flow.TaskResult;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.GradeFamily;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.kill.KillScope;
import dev.remit.core.task.Task;
import dev.remit.core.tenant.Environment;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One identity looks at two clients, or tries to get more by it. */
class TriageTest extends HandingOn {

  private final Caller.Triage reader =
      new Caller.Triage(
          TRIAGE,
          Environment.PRODUCTION,
          Set.of(HARBOR, NORTHWIND),
          new InstanceId("reader"),
          true,
          world.clock.instant().plus(Duration.ofDays(1)));
  private final Caller.Agent atHarbor = reader.at(HARBOR).orElseThrow();
  private final Caller.Agent atNorthwind = reader.at(NORTHWIND).orElseThrow();

  private Task harbor() {
    return world.open(atHarbor, "looking", "500", OWN);
  }

  private Task northwind() {
    return world.open(atNorthwind, "looking", "600", FOREIGN);
  }

  private CallResult look(Caller.Agent part, String device, Task task) {
    return world.call(part, SERVICES, on(device), Optional.of(task.id()));
  }

  private static void assertRefused(TaskResult result, ReasonCode reason) {
    assertThat(result)
        .isInstanceOfSatisfying(
            TaskResult.Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  private static ReasonCode reason(CallResult result) {
    return ((CallResult.Refused) result).reason();
  }

  private List<String> leaves(TenantId tenant) {
    return world.ledgers.entries(tenant).stream().map(Entry::leaf).toList();
  }

  @Test
  void eachReadIsInTheLogOfItsClientAndTellsOfNoOther() {
    var here = harbor();
    var there = northwind();
    assertThat(look(atHarbor, OWN, here)).isInstanceOf(CallResult.Answered.class);
    assertThat(look(atNorthwind, FOREIGN, there)).isInstanceOf(CallResult.Answered.class);
    assertThat(leaves(HARBOR))
        .anyMatch(leaf -> leaf.contains(here.id().value()))
        .noneMatch(leaf -> leaf.contains("northwind"))
        .noneMatch(leaf -> leaf.contains(FOREIGN) || leaf.contains(there.id().value()));
    assertThat(leaves(NORTHWIND))
        .anyMatch(leaf -> leaf.contains(there.id().value()))
        .noneMatch(leaf -> leaf.contains("harbor"))
        .noneMatch(leaf -> leaf.contains(OWN) || leaf.contains(here.id().value()));
  }

  @Test
  void aTargetOfTheOtherClientIsAsForeignAsToAnybody() {
    var here = harbor();
    northwind();
    var foreign = look(atHarbor, FOREIGN, here);
    var ordinary = world.open(world.desk, "service", "501", OWN);
    assertThat(reason(foreign))
        .isEqualTo(
            reason(world.call(world.desk, SERVICES, on(FOREIGN), Optional.of(ordinary.id()))));
    assertThat(reason(foreign).agentCode())
        .isEqualTo(reason(look(atHarbor, "9999", here)).agentCode());
  }

  @Test
  void aTaskOfOneClientTakesNeitherTargetNorTicketOfTheOther() {
    assertRefused(world.wish(atHarbor, "looking", "500", OWN, FOREIGN), ReasonCode.TENANT_MISMATCH);
    assertRefused(world.wish(atHarbor, "looking", "600", OWN), ReasonCode.NO_GROUND);
    assertRefused(world.wish(atNorthwind, "looking", "500", FOREIGN), ReasonCode.NO_GROUND);
    assertThat(world.entries(Kind.TASK_OPENED)).isEmpty();
  }

  @Test
  void aTaskOfOneClientIsNoTaskAtTheOther() {
    var here = harbor();
    assertRefused(look(atNorthwind, FOREIGN, here), ReasonCode.NO_TASK);
    assertRefused(look(atNorthwind, OWN, here), ReasonCode.NO_TASK);
    assertThat(world.drivers().task(atNorthwind, here.id()))
        .isInstanceOf(TaskResult.NotFound.class);
    assertThat(world.drivers().openTasks(atNorthwind)).isEmpty();
  }

  @Test
  void asAWholeItOpensAndSeesAndEndsNothing() {
    var here = harbor();
    var wish =
        new TaskRequest(
            reader, atHarbor.id(), "looking", "501", Set.of(), Set.of(), Optional.empty());
    assertRefused(world.drivers().openTask(wish), ReasonCode.NO_PERMIT);
    assertThat(world.drivers().task(reader, here.id())).isInstanceOf(TaskResult.NotFound.class);
    assertThat(world.drivers().closeTask(reader, here.id(), Task.State.DONE))
        .isInstanceOf(TaskResult.NotFound.class);
  }

  @Test
  void itHasNoEffectWhateverItsClassNames() {
    var here = harbor();
    assertThat(here.tools()).containsExactlyInAnyOrder(HEALTH, SERVICES, COMPARE);
    assertThat(world.call(atHarbor, RESTART, on(OWN), Optional.of(here.id())))
        .isNotInstanceOf(CallResult.Answered.class);
    var named =
        new TaskRequest(
            atHarbor,
            atHarbor.id(),
            "looking",
            "501",
            Set.of(device(OWN)),
            Set.of(RESTART),
            Optional.empty());
    assertRefused(world.drivers().openTask(named), ReasonCode.OUTSIDE_TASK);
    assertThat(world.vendor.sent()).noneMatch(request -> request.tool().name().equals(RESTART));
  }

  @Test
  void aTaskClassOfHigherRiskIsNotForIt() {
    assertRefused(world.wish(atHarbor, "service", "500", OWN), ReasonCode.NO_PERMIT);
    assertThat(world.wish(observe, "service", "500", OWN)).isInstanceOf(TaskResult.Told.class);
  }

  @Test
  void itHandsNothingOnAndNothingIsHandedToIt() {
    var here = harbor();
    for (var other : List.of(change, observe, clerk)) {
      assertRefused(wish(here, other).by(atHarbor).of("reading"), ReasonCode.NO_PERMIT);
    }
    assertRefused(wish(here, atNorthwind).by(atHarbor).of("looking"), ReasonCode.NO_PERMIT);
    var theirs = world.agent(DESK, NORTHWIND, GradeFamily.CHANGE, "theirs");
    assertRefused(wish(here, theirs).by(atHarbor), ReasonCode.NO_PERMIT);
    var parent = world.open(world.desk, "service", "501", OWN);
    assertRefused(wish(parent, atHarbor).of("looking"), ReasonCode.NO_PERMIT);
    assertThat(world.ledgers.entries(NORTHWIND)).isEmpty();
  }

  @Test
  void aKilledClientStopsItsPartAlone() {
    var here = harbor();
    var there = northwind();
    world.drivers().oversight().kill(KillScope.tenant(HARBOR), "officer", "stop");
    assertThat(reason(look(atHarbor, OWN, here))).isIn(ReasonCode.KILLED, ReasonCode.NO_TASK);
    assertRefused(world.wish(atHarbor, "looking", "501", OWN), ReasonCode.KILLED);
    assertThat(look(atNorthwind, FOREIGN, there)).isInstanceOf(CallResult.Answered.class);
  }

  @Test
  void aKilledCopyStopsAtEveryClient() {
    var here = harbor();
    var there = northwind();
    world.drivers().oversight().kill(new KillScope("instance:reader"), "officer", "stop");
    assertThat(reason(look(atHarbor, OWN, here))).isIn(ReasonCode.KILLED, ReasonCode.NO_TASK);
    assertThat(reason(look(atNorthwind, FOREIGN, there)))
        .isIn(ReasonCode.KILLED, ReasonCode.NO_TASK);
    assertRefused(world.wish(atNorthwind, "looking", "600", FOREIGN), ReasonCode.KILLED);
  }
}
