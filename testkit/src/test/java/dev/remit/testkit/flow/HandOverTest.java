package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.DESK;
import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.NORTHWIND;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Execution;
import dev.remit.core.execution.Outcome;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.CallResult.Answered;
import dev.remit.core.flow.CallResult.Refused;
import dev.remit.core.flow.CallResult.Waiting;
import dev.remit.core.flow.TaskDesk;
import dev.remit.core.flow.TaskResult;
import dev.remit.core.identity.GradeFamily;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.task.Task;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An agent hands over, people hold and take over, and find out what nobody knew. */
class HandOverTest {
  private final FlowWorld world = new FlowWorld();
  private final Crowd crowd = new Crowd(world);
  private final Task task = world.open();

  private TaskDesk desk() {
    return world.drivers().taskDesk();
  }

  private TaskDesk.Turned hold(Person person) {
    return desk().hold(person, HARBOR, task.id(), "odd");
  }

  private Task.State state() {
    return world.ledgers.tasks().find(HARBOR, task.id()).orElseThrow().state();
  }

  private void assertNoTask(CallResult result) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.reason()).isEqualTo(ReasonCode.NO_TASK));
  }

  @Test
  void anAgentHandsItsTaskOver() {
    var told = world.drivers().escalate(world.desk, task.id(), "password: hunter2 is odd");
    assertThat(told).isInstanceOf(TaskResult.Told.class);
    assertThat(state()).isEqualTo(Task.State.HELD);
    assertNoTask(world.call(RESTART, OWN));
    assertThat(world.entries(Kind.TASK_ESCALATED))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.fields().text("by")).contains(world.desk.id().text());
          assertThat(entry.body().toString()).doesNotContain("hunter2").contains("claimed");
        });
  }

  @Test
  void anAgentDoesNotTakeItsTaskBack() {
    world.drivers().escalate(world.desk, task.id(), "odd");
    assertThat(world.drivers().escalate(world.desk, task.id(), "odd"))
        .isInstanceOf(TaskResult.Refused.class);
    assertNoTask(world.call(RESTART, OWN));
    world.restart();
    assertNoTask(world.call(RESTART, OWN));
  }

  @Test
  void hostileCase32ClosingAHeldTaskAndOpeningAnotherResetsNothing() {
    world.drivers().escalate(world.desk, task.id(), "odd");
    assertThat(world.wish(world.desk, "service", "500", OWN))
        .as("the ticket serves a task already")
        .isInstanceOf(TaskResult.Refused.class);
  }

  @Test
  void anotherAgentHandsNothingOver() {
    for (var caller :
        List.of(
            world.agent(DESK, HARBOR, GradeFamily.DESTRUCTIVE, "copy"),
            world.agent(DESK, HARBOR, GradeFamily.OBSERVE, "one"),
            world.agent(DESK, NORTHWIND, GradeFamily.DESTRUCTIVE, "one"))) {
      assertThat(world.drivers().escalate(caller, task.id(), "x"))
          .isInstanceOf(TaskResult.NotFound.class);
    }
    assertThat(state()).isEqualTo(Task.State.OPEN);
  }

  @Test
  void aPersonHoldsATaskAndLetsItGoOn() {
    assertThat(hold(crowd.olga.person())).isEqualTo(new TaskDesk.Done(Task.State.HELD));
    assertNoTask(world.call(RESTART, OWN));
    assertThat(desk().goOn(crowd.olga.person(), HARBOR, task.id(), "fine"))
        .isEqualTo(new TaskDesk.Done(Task.State.OPEN));
    assertThat(world.call(RESTART, OWN)).isInstanceOf(Answered.class);
    assertThat(world.entries(Kind.TASK_HELD)).hasSize(1);
    assertThat(world.entries(Kind.TASK_RESUMED)).hasSize(1);
  }

  @Test
  void anotherReplicaLearnsThatATaskGoesOn() {
    var two = world.process("two");
    hold(crowd.olga.person());
    assertThat(two.task(world.desk, task.id())).isInstanceOf(TaskResult.Told.class);
    desk().goOn(crowd.olga.person(), HARBOR, task.id(), "fine");
    var request =
        new dev.remit.core.call.CallRequest(
            world.desk,
            RESTART,
            FlowWorld.on(OWN),
            java.util.Optional.of(task.id()),
            java.util.Optional.empty());
    assertThat(two.call(request, new Cut())).isInstanceOf(Answered.class);
  }

  @Test
  void whatRunsIsCutWhenItsTaskIsHeld() {
    var gate = world.queueScans();
    var call = Together.start(() -> world.call(FlowRelease.SCAN, OWN));
    gate.awaitArrival();
    hold(crowd.olga.person());
    assertThat(Together.await(call))
        .isInstanceOfSatisfying(
            Answered.class, a -> assertThat(a.outcome()).isEqualTo(Outcome.FAILED));
    assertThat(world.scans).hasValue(0);
  }

  @Test
  void aGrantedApprovalDoesNotPassAHeldTask() {
    world.policy.ask(WIPE, WaitingWipe.BOTH);
    var wait = (Waiting) world.call(WIPE, OWN);
    crowd.grant(crowd.sam, wait.handle());
    crowd.grant(crowd.hanna, wait.handle());
    hold(crowd.olga.person());
    assertNoTask(world.drivers().resume(world.desk, wait.handle(), new Cut()));
    desk().goOn(crowd.olga.person(), HARBOR, task.id(), "fine");
    assertThat(world.drivers().resume(world.desk, wait.handle(), new Cut()))
        .isInstanceOf(Answered.class);
  }

  @Test
  void aPersonTakesATaskOverForGood() {
    assertThat(desk().takeOver(crowd.olga.person(), HARBOR, task.id(), "mine"))
        .isInstanceOfSatisfying(
            TaskDesk.TakenOver.class, taken -> assertThat(taken.own()).isEmpty());
    assertNoTask(world.call(RESTART, OWN));
    assertThat(desk().goOn(crowd.olga.person(), HARBOR, task.id(), "x"))
        .isInstanceOf(TaskDesk.NotDone.class);
    assertThat(desk().takeOver(crowd.olga.person(), HARBOR, task.id(), "x"))
        .isInstanceOf(TaskDesk.NotDone.class);
    assertThat(state()).isEqualTo(Task.State.TAKEN_OVER);
  }

  @Test
  void whoDoesNotOperateTurnsNothing() {
    var liar = Crowd.person("harbor", "liar", new Organisation.Msp(), "ops");
    for (var person : List.of(crowd.sam.person(), crowd.ada.person(), crowd.hanna.person(), liar)) {
      assertThat(hold(person)).isInstanceOf(TaskDesk.NotDone.class);
      assertThat(desk().takeOver(person, HARBOR, task.id(), "x"))
          .isInstanceOf(TaskDesk.NotDone.class);
      assertThat(desk().unknown(person, 10)).isEmpty();
    }
    assertThat(state()).isEqualTo(Task.State.OPEN);
  }

  @Test
  void aTaskIsTurnedAtItsOwnTenantAndWithAReason() {
    assertThat(desk().hold(crowd.olga.person(), NORTHWIND, task.id(), "x"))
        .isInstanceOf(TaskDesk.NotDone.class);
    assertThat(desk().hold(crowd.olga.person(), HARBOR, task.id(), " "))
        .isInstanceOf(TaskDesk.NotDone.class);
    assertThat(state()).isEqualTo(Task.State.OPEN);
  }

  @Test
  void aHeldTaskStillEndsAtItsDeadline() {
    hold(crowd.olga.person());
    world.pass(Duration.ofHours(1));
    world.drivers().sweeper().tick();
    assertThat(state()).isEqualTo(Task.State.EXPIRED);
  }

  private dev.remit.core.call.CallId unknownCall() {
    world.vendor.on(RESTART, (request, cut) -> new Execution.Unknown("no answer came"));
    var answered = (Answered) world.call(RESTART, OWN);
    assertThat(answered.outcome()).isEqualTo(Outcome.UNKNOWN);
    return answered.call();
  }

  @Test
  void whatNobodyKnowsIsAWorkList() {
    var call = unknownCall();
    var olga = crowd.olga.person();
    assertThat(desk().unknown(olga, 10))
        .singleElement()
        .satisfies(one -> assertThat(one.call()).isEqualTo(call));
    assertThat(desk().resolve(olga, HARBOR, call, Outcome.SUCCEEDED, "the service has a new start"))
        .isEqualTo(new TaskDesk.Noted());
    assertThat(desk().unknown(olga, 10)).isEmpty();
    assertThat(world.entries(Kind.OUTCOME, call))
        .singleElement()
        .satisfies(e -> assertThat(e.fields().text("outcome")).contains("unknown"));
    assertThat(world.entries(Kind.RESOLUTION, call))
        .singleElement()
        .satisfies(e -> {
          assertThat(e.fields().text("by")).contains("staff/olga");
          assertThat(e.fields().text("outcome")).contains("succeeded");
        });
  }

  @Test
  void onlyWhatIsUnknownIsResolved() {
    var call = unknownCall();
    var olga = crowd.olga.person();
    assertThat(desk().resolve(olga, HARBOR, call, Outcome.UNKNOWN, "looked"))
        .isInstanceOf(TaskDesk.NotDone.class);
    assertThat(desk().resolve(olga, NORTHWIND, call, Outcome.FAILED, "looked"))
        .isInstanceOf(TaskDesk.NotDone.class);
    assertThat(desk().resolve(crowd.sam.person(), HARBOR, call, Outcome.FAILED, "looked"))
        .isInstanceOf(TaskDesk.NotDone.class);
    world.vendor.on(FlowRelease.SCAN, (request, cut) -> dev.remit.testkit.FakeConnector.done());
    var known = (Answered) world.call(FlowRelease.SCAN, OWN);
    assertThat(desk().resolve(olga, HARBOR, known.call(), Outcome.FAILED, "looked"))
        .isInstanceOf(TaskDesk.NotDone.class);
    assertThat(world.entries(Kind.RESOLUTION)).isEmpty();
  }
}
