package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.CLERK;
import static dev.remit.testkit.flow.FlowRelease.DESK;
import static dev.remit.testkit.flow.FlowRelease.DISPATCHER;
import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.HEALTH;
import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static dev.remit.testkit.flow.FlowWorld.FOREIGN;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.OWN_TOO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.flow.CallResult.Answered;
import dev.remit.core.flow.CallResult.Refused;
import dev.remit.core.flow.TaskRequest;
import dev.remit.core.flow.TaskResult;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.GradeFamily;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.kill.KillScope;
import dev.remit.core.task.Task;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskGroundTest {
  private final FlowWorld world = new FlowWorld();

  private void assertRefused(TaskResult result, ReasonCode reason) {
    assertThat(result)
        .isInstanceOfSatisfying(
            TaskResult.Refused.class, r -> assertThat(r.reason()).isEqualTo(reason));
    assertThat(world.drivers().openTasks(world.desk)).isEmpty();
    assertThat(world.entries(Kind.TASK_OPENED)).isEmpty();
  }

  @Test
  void hostileCase32ClosingAndOpeningAgainResetsNoLimit() {
    var first = world.open(world.desk, "twice", "500", OWN);
    assertThat(world.call(HEALTH, OWN)).isInstanceOf(Answered.class);
    assertThat(world.call(HEALTH, OWN)).isInstanceOf(Answered.class);
    world.drivers().closeTask(world.desk, first.id(), Task.State.DONE);
    world.open(world.desk, "twice", "500", OWN);
    world.watch.forget();
    assertThat(world.call(HEALTH, OWN))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.reason()).isEqualTo(ReasonCode.LIMIT_EXCEEDED));
    assertThat(world.isAnythingSent()).isFalse();
  }

  @Test
  void hostileCase32ATicketThatNoPersonOpenedIsNoGround() {
    world.ticket("700", "1", false, true);
    assertRefused(world.wish(world.desk, "service", "700", OWN), ReasonCode.NO_GROUND);
    assertThat(world.entries(Kind.TASK_REFUSED)).hasSize(1);
  }

  @Test
  void hostileCase32ATicketOfAnotherCompanyIsNoGround() {
    assertRefused(world.wish(world.desk, "service", "600", OWN), ReasonCode.NO_GROUND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"701", "702", "no-such-ticket", ""})
  void aTicketThatIsClosedOwnerlessOrMissingIsNoGround(String ticket) {
    world.ticket("701", "1", true, false);
    world.ticket("702", "77", true, true);
    assertRefused(world.wish(world.desk, "service", ticket, OWN), ReasonCode.NO_GROUND);
  }

  @Test
  void aTicketServesOneOpenTaskOfAClass() {
    world.open();
    assertThat(world.wish(world.desk, "service", "500", OWN))
        .isInstanceOfSatisfying(
            TaskResult.Refused.class, r -> assertThat(r.reason()).isEqualTo(ReasonCode.NO_GROUND));
    assertThat(world.drivers().openTasks(world.desk)).hasSize(1);
  }

  @Test
  void aForeignOrUnknownTargetOpensNoTask() {
    assertRefused(
        world.wish(world.desk, "service", "500", OWN, FOREIGN), ReasonCode.TENANT_MISMATCH);
    assertRefused(world.wish(world.desk, "service", "500", "9999"), ReasonCode.TARGET_UNKNOWN);
    assertThat(world.isAnythingSent()).isFalse();
  }

  @Test
  void moreTargetsThanTheClassTakesOpenNoTask() {
    assertRefused(
        world.wish(world.desk, "service", "500", OWN, OWN_TOO, "1003", "1004"),
        ReasonCode.LIMIT_EXCEEDED);
  }

  @Test
  void aClassThatIsNotTheAgentsOpensNoTask() {
    assertRefused(world.wish(world.desk, "exports", "500", OWN), ReasonCode.NO_PERMIT);
    assertRefused(world.wish(world.desk, "made-up", "500", OWN), ReasonCode.NO_PERMIT);
  }

  @Test
  void anAgentOpensNoTaskForAnotherAgent() {
    var other = world.agent(CLERK, HARBOR, GradeFamily.OBSERVE, "c");
    var wish =
        new TaskRequest(
            world.desk, other.id(), "reading", "500", Set.of(), Set.of(), Optional.empty());
    assertRefused(world.drivers().openTask(wish), ReasonCode.NO_PERMIT);
  }

  @Test
  void anOrchestratorOpensNoTaskOfAClassThatIsNotListed() {
    var dispatcher =
        new Caller.Orchestrator(
            DISPATCHER, new InstanceId("d"), true, world.clock.instant().plusSeconds(600));
    var wish =
        new TaskRequest(
            dispatcher, world.desk.id(), "twice", "500", Set.of(), Set.of(), Optional.empty());
    assertRefused(world.drivers().openTask(wish), ReasonCode.NO_PERMIT);
  }

  @Test
  void aTaskNeverHoldsAToolThatItsAgentMayNotCarry() {
    var observer = world.agent(DESK, HARBOR, GradeFamily.OBSERVE, "o");
    var task = world.open(observer, "service", "500", OWN);
    assertThat(task.tools()).contains(HEALTH).doesNotContain(WIPE, FlowRelease.RESTART);
    var wish =
        new TaskRequest(
            observer,
            observer.id(),
            "service",
            "501",
            Set.of(),
            Set.of(HEALTH, WIPE),
            Optional.empty());
    assertThat(world.drivers().openTask(wish)).isInstanceOf(TaskResult.Refused.class);
  }

  @Test
  void aKilledAgentOpensNoTask() {
    world.drivers().oversight().kill(KillScope.agent(world.desk.id()), "officer", "test");
    assertRefused(world.wish(world.desk, "service", "500", OWN), ReasonCode.KILLED);
  }

  @Test
  void aKilledTenantsTicketIsNotEvenRead() {
    world.drivers().oversight().kill(KillScope.tenant(HARBOR), "officer", "test");
    assertRefused(world.wish(world.desk, "service", "500", OWN), ReasonCode.KILLED);
    assertThat(world.isAnythingSent()).isFalse();
  }

  @Test
  void withTheTicketSystemAwayTheAnswerSaysSo() {
    world.vendor.away(true);
    assertRefused(world.wish(world.desk, "service", "500", OWN), ReasonCode.VENDOR_UNAVAILABLE);
  }

  @Test
  void readingATicketLeavesAnIntentAnOutcomeAndNoCredential() {
    world.open();
    assertThat(world.entries(Kind.INTENT)).hasSize(1);
    assertThat(world.entries(Kind.OUTCOME)).hasSize(1);
    assertThat(world.vendor.broker().principals()).isEmpty();
  }

  @Test
  void aTaskIsShownToItsAgentOnly() {
    var task = world.open();
    var other = world.agent(DESK, HARBOR, GradeFamily.CHANGE, "one");
    var copy = world.agent(DESK, HARBOR, GradeFamily.DESTRUCTIVE, "another");
    for (var caller : Set.of(other, copy)) {
      assertThat(world.drivers().task(caller, task.id())).isEqualTo(new TaskResult.NotFound());
      assertThat(world.drivers().closeTask(caller, task.id(), Task.State.DONE))
          .isEqualTo(new TaskResult.NotFound());
    }
    assertThat(world.drivers().task(world.desk, task.id())).isInstanceOf(TaskResult.Told.class);
  }
}
