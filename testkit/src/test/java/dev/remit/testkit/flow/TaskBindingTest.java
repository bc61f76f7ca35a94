package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.DESK;
import static dev.remit.testkit.flow.FlowRelease.DISPATCHER;
import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.HEALTH;
import static dev.remit.testkit.flow.FlowRelease.NORTHWIND;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.OWN_TOO;
import static dev.remit.testkit.flow.FlowWorld.device;
import static dev.remit.testkit.flow.FlowWorld.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.CallResult.Answered;
import dev.remit.core.flow.CallResult.Refused;
import dev.remit.core.flow.TaskRequest;
import dev.remit.core.flow.TaskResult;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.GradeFamily;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TaskBindingTest {
  private final FlowWorld world = new FlowWorld();

  private void assertUnsent(CallResult result, ReasonCode reason) {
    assertThat(result)
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.reason()).isEqualTo(reason));
    assertThat(world.isAnythingSent()).isFalse();
  }

  private CallResult call(Caller.Agent caller, TaskId task) {
    world.watch.forget();
    return world.call(caller, RESTART, on(OWN), Optional.of(task));
  }

  @Test
  void aCallWithoutATaskIsRefusedAndRecorded() {
    assertUnsent(world.call(RESTART, OWN), ReasonCode.NO_TASK);
    assertThat(world.entries(Kind.REFUSAL)).hasSize(1);
  }

  @Test
  void aTargetThatTheTaskDoesNotNameIsOutside() {
    world.open();
    assertUnsent(world.call(RESTART, "1003"), ReasonCode.OUTSIDE_TASK);
  }

  @Test
  void aToolThatTheTaskDidNotShrinkToIsOutside() {
    var wish =
        new TaskRequest(
            world.desk,
            world.desk.id(),
            "service",
            "500",
            Set.of(device(OWN)),
            Set.of(HEALTH),
            Optional.empty());
    assertThat(world.drivers().openTask(wish)).isInstanceOf(TaskResult.Told.class);
    world.watch.forget();
    assertUnsent(world.call(RESTART, OWN), ReasonCode.OUTSIDE_TASK);
  }

  @Test
  void anotherAgentsTaskIsNoTask() {
    var task = world.open();
    var other = world.agent(DESK, HARBOR, GradeFamily.CHANGE, "one");
    assertUnsent(call(other, task.id()), ReasonCode.NO_TASK);
  }

  @Test
  void anotherInstancesTaskIsNoTask() {
    var task = world.open();
    var copy = world.agent(DESK, HARBOR, GradeFamily.DESTRUCTIVE, "another");
    assertUnsent(call(copy, task.id()), ReasonCode.NO_TASK);
    assertUnsent(world.call(copy, RESTART, on(OWN), Optional.empty()), ReasonCode.NO_TASK);
  }

  @Test
  void aTaskOfAnotherTenantIsNoTaskWhetherCachedOrNot() {
    world.open();
    var foreign = world.openForeign();
    assertUnsent(call(world.desk, foreign.id()), ReasonCode.NO_TASK);
    var theirs = world.agent(DESK, NORTHWIND, GradeFamily.DESTRUCTIVE, "two");
    assertThat(world.call(theirs, RESTART, on(FlowWorld.FOREIGN), Optional.of(foreign.id())))
        .isInstanceOf(Answered.class);
    assertUnsent(call(world.desk, foreign.id()), ReasonCode.NO_TASK);
  }

  @Test
  void aTaskThatNobodyOpenedIsNoTask() {
    world.open();
    assertUnsent(call(world.desk, new TaskId("made-up")), ReasonCode.NO_TASK);
  }

  @Test
  void aClosedTaskIsDeadForEveryProcess() {
    var task = world.open();
    var elsewhere = world.process("two");
    assertThat(world.call(RESTART, OWN)).isInstanceOf(Answered.class);
    elsewhere.closeTask(world.desk, task.id(), Task.State.DONE);
    assertUnsent(call(world.desk, task.id()), ReasonCode.NO_TASK);
    assertUnsent(call(world.desk, task.id()), ReasonCode.NO_TASK);
  }

  @Test
  void aTaskPastItsDeadlineIsDeadBeforeAnybodySweeps() {
    var task = world.open();
    world.pass(Duration.ofHours(1));
    assertUnsent(call(world.desk, task.id()), ReasonCode.NO_TASK);
  }

  @Test
  void anExpiredTaskIsClosedWithItsEntry() {
    var task = world.open();
    world.pass(Duration.ofHours(1));
    world.drivers().sweeper().tick();
    world.drivers().sweeper().tick();
    assertThat(world.entries(Kind.TASK_CLOSED))
        .singleElement()
        .satisfies(e -> assertThat(e.fields().text("state")).contains("expired"));
    assertUnsent(call(world.desk, task.id()), ReasonCode.NO_TASK);
  }

  @Test
  void aClosedTaskAsksNobody() {
    world.policy.ask(WIPE, Duration.ofMinutes(5));
    var task = world.open();
    world.process("two").closeTask(world.desk, task.id(), Task.State.FAILED);
    var result = world.call(world.desk, WIPE, on(OWN), Optional.of(task.id()));
    assertUnsent(result, ReasonCode.NO_TASK);
    assertThat(world.ledgers.proposals().list(HARBOR, 10)).isEmpty();
  }

  @Test
  void aTaskThatIsClosedWhilePolicyThinksAsksNobody() {
    var task = world.open();
    assertThat(world.call(RESTART, OWN)).isInstanceOf(Answered.class);
    world.watch.forget();
    world.policy.when(
        question -> {
          world.process("two").closeTask(world.desk, task.id(), Task.State.FAILED);
          return false;
        },
        new dev.remit.core.decision.Decision.Permit(java.util.List.of()));
    world.policy.ask(WIPE, Duration.ofMinutes(5));
    var result = world.call(world.desk, WIPE, on(OWN), Optional.of(task.id()));
    assertUnsent(result, ReasonCode.NO_TASK);
    assertThat(world.ledgers.proposals().list(HARBOR, 10)).isEmpty();
  }

  @Test
  void twoOpenTasksAreNotGuessedBetween() {
    var first = world.open();
    world.open(world.desk, "service", "501", OWN);
    world.watch.forget();
    assertUnsent(world.call(RESTART, OWN), ReasonCode.NO_TASK);
    assertThat(call(world.desk, first.id())).isInstanceOf(Answered.class);
  }

  @Test
  void aTaskKnownFromTheLastCallIsNotGuessedOnceASecondIsOpen() {
    world.open();
    assertThat(world.call(RESTART, OWN)).isInstanceOf(Answered.class);
    world.open(world.desk, "service", "501", OWN);
    world.watch.forget();
    assertUnsent(world.call(RESTART, OWN), ReasonCode.NO_TASK);
  }

  @Test
  void whenTheKnownTaskEndedElsewhereTheOneThatIsOpenNowIsTaken() {
    var first = world.open();
    assertThat(world.call(HEALTH, OWN)).isInstanceOf(Answered.class);
    world.process("two").closeTask(world.desk, first.id(), Task.State.DONE);
    var wish =
        new TaskRequest(
            world.desk,
            world.desk.id(),
            "service",
            "501",
            Set.of(device(OWN)),
            Set.of(),
            Optional.empty());
    var second = ((TaskResult.Told) world.process("two").openTask(wish)).task();
    assertThat(world.call(HEALTH, OWN)).isInstanceOf(Answered.class);
    assertThat(world.entries(Kind.INTENT).getLast().task()).contains(second.id().value());
  }

  @Test
  void whenTheKnownTaskEndedElsewhereAndNoneIsOpenNothingIsSent() {
    var task = world.open();
    assertThat(world.call(HEALTH, OWN)).isInstanceOf(Answered.class);
    world.process("two").closeTask(world.desk, task.id(), Task.State.DONE);
    world.watch.forget();
    assertThat(world.call(HEALTH, OWN))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.reason()).isEqualTo(ReasonCode.NO_TASK));
    assertThat(world.isAnythingSent()).isFalse();
    assertThat(world.entries(Kind.REFUSAL)).hasSize(1);
  }

  @Test
  void theLimitOfCallsHolds() {
    world.open(world.desk, "twice", "500", OWN);
    assertThat(world.call(HEALTH, OWN)).isInstanceOf(Answered.class);
    assertThat(world.call(HEALTH, OWN)).isInstanceOf(Answered.class);
    world.watch.forget();
    assertUnsent(world.call(HEALTH, OWN), ReasonCode.LIMIT_EXCEEDED);
    assertThat(world.intents()).hasSize(2);
    assertThat(world.entries(Kind.REFUSAL)).hasSize(1);
  }

  @Test
  void hostileCase08ALimitOfZeroMeansNone() {
    assertThat(world.wish(world.desk, "never", "500", OWN)).isInstanceOf(TaskResult.Refused.class);
    world.open(world.desk, "seldom", "500", OWN);
    world.watch.forget();
    assertUnsent(world.call(HEALTH, OWN), ReasonCode.LIMIT_EXCEEDED);
    assertThat(world.intents()).isEmpty();
  }

  @Test
  void aTaskOfAnOrchestratorBelongsToTheFirstInstanceThatUsesIt() {
    var dispatcher =
        new Caller.Orchestrator(
            DISPATCHER, new InstanceId("d"), true, world.clock.instant().plusSeconds(600));
    var wish =
        new TaskRequest(
            dispatcher,
            world.desk.id(),
            "service",
            "500",
            Set.of(device(OWN), device(OWN_TOO)),
            Set.of(),
            Optional.empty());
    var task = ((TaskResult.Told) world.drivers().openTask(wish)).task();
    var copy = world.agent(DESK, HARBOR, GradeFamily.DESTRUCTIVE, "another");
    world.watch.forget();
    assertUnsent(world.call(RESTART, OWN), ReasonCode.NO_TASK);
    assertThat(call(world.desk, task.id())).isInstanceOf(Answered.class);
    assertUnsent(call(copy, task.id()), ReasonCode.NO_TASK);
    assertThat(world.call(RESTART, OWN_TOO)).isInstanceOf(Answered.class);
  }
}
