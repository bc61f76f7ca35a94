package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.DESK;
import static dev.remit.testkit.flow.FlowRelease.DISPATCHER;
import static dev.remit.testkit.flow.FlowRelease.EXPORT;
import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.NORTHWIND;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static dev.remit.testkit.flow.FlowWorld.FOREIGN;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.OWN_TOO;
import static dev.remit.testkit.flow.FlowWorld.device;
import static dev.remit.testkit.flow.FlowWorld.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.execution.Cut;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.CallResult.Answered;
import dev.remit.core.flow.CallResult.Refused;
import dev.remit.core.flow.OwnCalls;
import dev.remit.core.flow.OwnCalls.Seat;
import dev.remit.core.flow.OwnCalls.Wish;
import dev.remit.core.flow.TaskDesk;
import dev.remit.core.flow.TaskResult;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.GradeFamily;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.kill.KillScope;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.Environment;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person's own call goes the way of an agent's, and meets every wall that an agent's meets. */
class OwnCallTest {
  private final FlowWorld world = new FlowWorld();
  private final Person otto = Crowd.msp("otto", "hands");

  private OwnCalls calls() {
    return world.drivers().ownCalls();
  }

  private Seat seat(Person person) {
    return seat(person, HARBOR);
  }

  private Seat seat(Person person, TenantId tenant) {
    return new Seat(person, tenant, world.clock.instant().plus(Duration.ofHours(8)));
  }

  private TaskResult wish(Seat seat, String taskClass, String ticket, String... devices) {
    var targets = Arrays.stream(devices).map(FlowWorld::device).collect(Collectors.toSet());
    var words = Optional.of("the doctor waits; password: hunter2");
    return calls()
        .open(seat, new Wish(Environment.PRODUCTION, taskClass, ticket, targets, Set.of(), words));
  }

  private Task open(Person person) {
    var result = wish(seat(person), "service", "500", OWN, OWN_TOO);
    assertThat(result).isInstanceOf(TaskResult.Told.class);
    world.watch.forget();
    return ((TaskResult.Told) result).task();
  }

  private CallResult call(Person person, TaskId task, String tool, Value.Obj arguments) {
    return calls().call(seat(person), task, tool, arguments, Optional.empty(), new Cut());
  }

  private static void assertRefused(CallResult result, ReasonCode reason) {
    assertThat(result)
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.reason()).isEqualTo(reason));
  }

  private static void assertNotOpened(TaskResult result, ReasonCode reason) {
    assertThat(result)
        .isInstanceOfSatisfying(
            TaskResult.Refused.class, r -> assertThat(r.reason()).isEqualTo(reason));
  }

  @Test
  void aPersonsCallIsBoundDecidedLeasedMadeAndWrittenDown() {
    var task = open(otto);
    var result = call(otto, task.id(), RESTART, on(OWN));
    assertThat(result).isInstanceOf(Answered.class);
    assertThat(world.watch.events()).contains("broker.issue", "vendor.read", "vendor.execute");
    assertThat(world.intents())
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.fields().text("person")).contains("staff/otto");
          assertThat(entry.fields().text("agent")).isEmpty();
          assertThat(entry.fields().text("instance")).isEmpty();
        });
    assertThat(world.entries(Kind.OUTCOME, ((Answered) result).call())).hasSize(1);
    assertThat(world.ledgers.leases().unfinished()).isEmpty();
  }

  @Test
  void whatAPersonTypedIsBesideTheEntryAndNotInIt() {
    open(otto);
    assertThat(world.entries(Kind.TASK_OPENED))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.leaf()).doesNotContain("doctor").doesNotContain("promptDigest");
          assertThat(entry.fields().text("by")).contains("person/staff/otto");
          assertThat(entry.body().toString()).contains("doctor").doesNotContain("hunter2");
        });
  }

  @Test
  void aToolIsShownOnlyWhereItMayBeUsed() {
    var task = open(otto);
    assertThat(calls().tools(seat(otto), task.id()))
        .extracting(tool -> tool.name())
        .contains(RESTART, WIPE)
        .doesNotContain(EXPORT);
    assertThat(calls().tools(seat(Crowd.msp("olga", "ops")), task.id())).isEmpty();
    assertThat(calls().taskClasses(seat(otto)))
        .extracting(one -> one.name())
        .containsExactly("seldom", "service", "twice");
    assertThat(calls().taskClasses(seat(Crowd.msp("olga", "ops")))).isEmpty();
  }

  @Test
  void nobodyWorksWhomTheWorkspaceDoesNotLet() {
    var task = open(otto);
    for (var person :
        new Person[] {
          Crowd.msp("olga", "ops"),
          Crowd.msp("sam", "seniors"),
          Crowd.msp("ada", "admins"),
          Crowd.msp("idle", "idlers"),
          Crowd.client("hanna"),
          Crowd.person("harbor", "liar", new Organisation.Msp(), "hands"),
          Crowd.person("staff", "liar", new Organisation.Client(HARBOR), "hands"),
          Crowd.person("elsewhere", "otto", new Organisation.Msp(), "hands")
        }) {
      assertNotOpened(wish(seat(person), "service", "501", OWN), ReasonCode.NO_PERMIT);
      assertThat(call(person, task.id(), RESTART, on(OWN)))
          .isInstanceOf(CallResult.UnknownTool.class);
    }
    assertThat(world.isAnythingSentToChange()).isFalse();
  }

  @Test
  void aClassThatIsNotListedIsNone() {
    assertNotOpened(wish(seat(otto), "exports", "500", OWN), ReasonCode.NO_PERMIT);
    assertNotOpened(wish(seat(otto), "reading", "500", OWN), ReasonCode.NO_PERMIT);
    assertNotOpened(wish(seat(otto), "unheard-of", "500", OWN), ReasonCode.NO_PERMIT);
    assertNotOpened(
        wish(seat(otto, new TenantId("nobody")), "service", "500", OWN), ReasonCode.NO_PERMIT);
  }

  @Test
  void aPersonsTaskStandsOnTheSameGround() {
    world.ticket("700", "1", false, true);
    world.ticket("701", "1", true, false);
    assertNotOpened(wish(seat(otto), "service", "700", OWN), ReasonCode.NO_GROUND);
    assertNotOpened(wish(seat(otto), "service", "701", OWN), ReasonCode.NO_GROUND);
    assertNotOpened(wish(seat(otto), "service", "600", OWN), ReasonCode.NO_GROUND);
    open(otto);
    assertNotOpened(
        wish(seat(Crowd.msp("ole", "hands")), "service", "500", OWN), ReasonCode.NO_GROUND);
  }

  @Test
  void aForeignTargetIsRefusedWhereverItIsNamed() {
    assertThat(((TaskResult.Refused) wish(seat(otto), "service", "500", FOREIGN)).reason())
        .satisfies(r -> assertThat(r.agentCode()).isEqualTo("target-not-available"));
    var task = open(otto);
    assertThat(((Refused) call(otto, task.id(), RESTART, on(FOREIGN))).reason().agentCode())
        .isEqualTo("target-not-available");
    assertRefused(call(otto, task.id(), RESTART, on("1003")), ReasonCode.OUTSIDE_TASK);
    assertThat(world.isAnythingSent()).isFalse();
    assertThat(world.intents()).isEmpty();
    assertThat(world.entries(Kind.REFUSAL))
        .allSatisfy(entry -> assertThat(entry.fields().text("person")).contains("staff/otto"));
  }

  @Test
  void aDeviceThatMovesBetweenIsNotTouched() {
    var task = open(otto);
    world.move(OWN, "2");
    assertThat(((Refused) call(otto, task.id(), RESTART, on(OWN))).reason().agentCode())
        .isEqualTo("target-not-available");
    assertThat(world.isAnythingSentToChange()).isFalse();
  }

  @Test
  void aTaskOfSomebodyElseIsNone() {
    var agents = world.open(world.desk, "service", "501", OWN);
    var theirs = open(Crowd.msp("ole", "hands"));
    assertRefused(call(otto, agents.id(), RESTART, on(OWN)), ReasonCode.NO_TASK);
    assertRefused(call(otto, theirs.id(), RESTART, on(OWN)), ReasonCode.NO_TASK);
    assertRefused(call(otto, new TaskId("none"), RESTART, on(OWN)), ReasonCode.NO_TASK);
    assertThat(calls().task(seat(otto), theirs.id())).isInstanceOf(TaskResult.NotFound.class);
    var elsewhere = new Seat(otto, NORTHWIND, world.clock.instant().plus(Duration.ofHours(1)));
    var own = wishTwo();
    assertRefused(
        calls().call(elsewhere, own, RESTART, on(OWN), Optional.empty(), new Cut()),
        ReasonCode.NO_TASK);
  }

  private TaskId wishTwo() {
    world.ticket("502", "1", true, true);
    return ((TaskResult.Told) wish(seat(otto), "service", "502", OWN)).task().id();
  }

  @Test
  void noMachineComesNearAPersonsTask() {
    var task = open(otto);
    assertRefused(
        world.call(world.desk, RESTART, on(OWN), Optional.of(task.id())), ReasonCode.NO_TASK);
    var orchestrator =
        new Caller.Orchestrator(
            DISPATCHER, new InstanceId("o"), true, world.clock.instant().plusSeconds(60));
    assertThat(world.drivers().task(orchestrator, task.id()))
        .isInstanceOf(TaskResult.NotFound.class);
    assertThat(world.drivers().closeTask(orchestrator, task.id(), Task.State.DONE))
        .isInstanceOf(TaskResult.NotFound.class);
    assertThatThrownBy(() -> world.agent(AgentClassId.PERSON, HARBOR, GradeFamily.DESTRUCTIVE, "x"))
        .isInstanceOf(InvalidValueException.class);
    var forged =
        new dev.remit.core.flow.TaskRequest(
            orchestrator,
            task.agent(),
            "service",
            "501",
            Set.of(device(OWN)),
            Set.of(),
            Optional.empty());
    assertNotOpened(world.drivers().openTask(forged), ReasonCode.NO_PERMIT);
  }

  @Test
  void aHeldOrClosedTaskAdmitsNothing() {
    var task = open(otto);
    var desk = world.drivers().taskDesk();
    desk.hold(Crowd.msp("olga", "ops"), HARBOR, task.id(), "wait");
    assertRefused(call(otto, task.id(), RESTART, on(OWN)), ReasonCode.NO_TASK);
    desk.goOn(Crowd.msp("olga", "ops"), HARBOR, task.id(), "go");
    assertThat(call(otto, task.id(), RESTART, on(OWN))).isInstanceOf(Answered.class);
    assertThat(desk.close(otto, HARBOR, task.id(), Task.State.DONE, "the doctor is happy"))
        .isEqualTo(new TaskDesk.Done(Task.State.DONE));
    assertRefused(call(otto, task.id(), RESTART, on(OWN_TOO)), ReasonCode.NO_TASK);
    assertThat(world.entries(Kind.TASK_CLOSED))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.leaf()).doesNotContain("doctor");
          assertThat(entry.body().text("reason")).contains("the doctor is happy");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "everything",
        "tenant:harbor-dental",
        "connector:rmm",
        "class:person",
        "instance:person:staff/otto"
      })
  void aKillCoversPeoplesCalls(String scope) {
    var task = open(otto);
    world.drivers().oversight().kill(new KillScope(scope), "officer", "test");
    assertRefused(call(otto, task.id(), RESTART, on(OWN)), ReasonCode.KILLED);
    assertThat(world.intents()).isEmpty();
    assertThat(world.isAnythingSent()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tenant:northwind-legal", "class:service-desk", "instance:one"})
  void aKillOfOthersLeavesThem(String scope) {
    var task = open(otto);
    world.drivers().oversight().kill(new KillScope(scope), "officer", "test");
    assertThat(call(otto, task.id(), RESTART, on(OWN))).isInstanceOf(Answered.class);
  }

  @Test
  void limitsAreThoseOfTheClassAndOfTheTicket() {
    var agents = world.open(world.desk, "twice", "501", OWN, OWN_TOO);
    world.call(world.desk, RESTART, on(OWN), Optional.of(agents.id()));
    var taken =
        (TaskDesk.TakenOver)
            world.drivers().taskDesk().takeOver(otto, HARBOR, agents.id(), "mine now");
    var own = taken.own().orElseThrow();
    assertThat(call(otto, own, RESTART, on(OWN_TOO))).isInstanceOf(Answered.class);
    assertRefused(call(otto, own, WIPE, on(OWN)), ReasonCode.LIMIT_EXCEEDED);
    var none = ((TaskResult.Told) wish(seat(otto), "seldom", "500", OWN)).task();
    assertRefused(call(otto, none.id(), RESTART, on(OWN)), ReasonCode.LIMIT_EXCEEDED);
  }

  @Test
  void whoTakesATaskOverGoesOnWithTheSameWork() {
    var agents = world.open();
    var taken =
        (TaskDesk.TakenOver)
            world.drivers().taskDesk().takeOver(otto, HARBOR, agents.id(), "it fumbles");
    var own = ((TaskResult.Told) calls().task(seat(otto), taken.own().orElseThrow())).task();
    assertThat(own.targets()).isEqualTo(agents.targets());
    assertThat(own.tools()).isEqualTo(agents.tools());
    assertThat(own.ground().ticket()).isEqualTo(agents.ground().ticket());
    assertRefused(world.call(RESTART, OWN), ReasonCode.NO_TASK);
    assertThat(call(otto, own.id(), RESTART, on(OWN))).isInstanceOf(Answered.class);
    assertThat(world.entries(Kind.TASK_CLOSED))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.leaf()).doesNotContain("fumbles");
          assertThat(entry.body().text("reason")).contains("it fumbles");
        });
  }

  @Test
  void whoMayNotWorkOnItTakesItOverAndHasNoTaskOfTheirOwn() {
    var agents =
        world.open(world.agent(DESK, HARBOR, GradeFamily.OBSERVE, "r"), "reading", "501", OWN);
    var taken =
        (TaskDesk.TakenOver) world.drivers().taskDesk().takeOver(otto, HARBOR, agents.id(), "mine");
    assertThat(taken.own()).isEmpty();
    assertThat(taken.why()).isNotBlank();
  }

  @Test
  void aSessionThatIsOverAdmitsNothing() {
    var task = open(otto);
    var over = new Seat(otto, HARBOR, world.clock.instant());
    assertRefused(
        calls().call(over, task.id(), RESTART, on(OWN), Optional.empty(), new Cut()),
        ReasonCode.IDENTITY_EXPIRED);
    assertThat(world.isAnythingSent()).isFalse();
  }

  @Test
  void policySaysNoToAPersonAsToAnAgent() {
    var task = open(otto);
    world.policy.deny(RESTART, ReasonCode.GUARDRAIL);
    assertRefused(call(otto, task.id(), RESTART, on(OWN)), ReasonCode.GUARDRAIL);
    world.policy.err(WIPE);
    assertRefused(call(otto, task.id(), WIPE, on(OWN)), ReasonCode.POLICY_ERROR);
    assertThat(world.isAnythingSent()).isFalse();
  }
}
