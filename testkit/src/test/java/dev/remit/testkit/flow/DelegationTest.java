package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.CLERK;
import static dev.remit.testkit.flow.FlowRelease.DESK;
import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.HEALTH;
import static dev.remit.testkit.flow.FlowRelease.NORTHWIND;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowRelease.SERVICES;
import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.OWN_TOO;
import static dev.remit.testkit.flow.FlowWorld.device;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.delegation.DelegationRequest;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.TaskResult;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.GradeFamily;
import dev.remit.core.task.Task;
import dev.remit.core.value.InvalidValueException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One agent hands work to another, or tries to get more by it than it may have. */
class DelegationTest extends HandingOn {

  @Test
  void aTaskBelowHasWhatBothMayHaveAndTheOtherAgentWorksOnIt() {
    var parent = world.open();
    var child = handedOn(wish(parent, change));
    assertThat(child.tools()).contains(HEALTH, SERVICES, RESTART).doesNotContain(WIPE);
    assertThat(child.deadline()).isEqualTo(parent.deadline());
    assertThat(child.callLimit()).isEqualTo(parent.callLimit());
    assertThat(child.ground()).isEqualTo(parent.ground());
    assertThat(call(change, RESTART, child)).isInstanceOf(CallResult.Answered.class);
  }

  @Test
  void aWiderWishIsRefusedAndNotCut() {
    var parent = world.open(world.desk, "service", "500", OWN);
    assertRefused(wish(parent, change).about(device(OWN_TOO)), ReasonCode.OUTSIDE_TASK);
    assertRefused(wish(parent, change).with(HEALTH, WIPE), ReasonCode.OUTSIDE_TASK);
    assertRefused(wish(parent, change).with("rmm_export"), ReasonCode.OUTSIDE_TASK);
    assertRefused(wish(parent, change).times(51), ReasonCode.LIMIT_EXCEEDED);
    assertRefused(wish(parent, change).times(0), ReasonCode.LIMIT_EXCEEDED);
    assertRefused(
        wish(parent, change).until(parent.deadline().plusMillis(1)), ReasonCode.LIMIT_EXCEEDED);
    assertRefused(wish(parent, change).until(world.clock.instant()), ReasonCode.LIMIT_EXCEEDED);
  }

  @Test
  void whoeverShrankATaskHandsOnNoMoreThanThat() {
    var parent = world.open();
    var child = handedOn(wish(parent, change).with(HEALTH).times(2));
    assertRefused(wish(child, observe).by(change).with(SERVICES), ReasonCode.OUTSIDE_TASK);
    assertRefused(wish(child, observe).by(change).times(3), ReasonCode.LIMIT_EXCEEDED);
    assertThat(handedOn(wish(child, observe).by(change)).tools()).containsExactly(HEALTH);
  }

  @Test
  void anAgentOfAnotherTenantGetsNothingAndItsLogSaysNothing() {
    var parent = world.open();
    var theirs = world.agent(DESK, NORTHWIND, GradeFamily.CHANGE, "theirs");
    assertRefused(wish(parent, theirs), ReasonCode.NO_PERMIT);
    assertThat(world.ledgers.entries(NORTHWIND)).isEmpty();
  }

  @Test
  void anAgentThatIsNotRegisteredForTheClassGetsNothing() {
    var parent = world.open();
    assertRefused(wish(parent, clerk), ReasonCode.NO_PERMIT);
    assertRefused(wish(parent, clerk).of("unheard-of"), ReasonCode.NO_PERMIT);
    assertRefused(wish(parent, change).of("never"), ReasonCode.NO_PERMIT);
  }

  @Test
  void workNeverComesBackToWhereItWas() {
    var parent = world.open();
    assertRefused(wish(parent, world.desk), ReasonCode.NO_PERMIT);
    var child = handedOn(wish(parent, change));
    assertRefused(wish(child, world.desk).by(change), ReasonCode.NO_PERMIT);
    var sameCopy = world.agent(DESK, HARBOR, GradeFamily.OBSERVE, "one");
    assertRefused(wish(child, sameCopy).by(change), ReasonCode.NO_PERMIT);
  }

  @Test
  void aCopyThatHandedWorkOnDoesNotAcceptItUnderAnotherName() {
    var parent = world.open();
    var child = handedOn(wish(parent, change).forAny());
    var sameCopy = world.agent(DESK, HARBOR, GradeFamily.CHANGE, "one");
    assertRefused(call(sameCopy, HEALTH, child), ReasonCode.NO_TASK);
    assertThat(call(change, HEALTH, child)).isInstanceOf(CallResult.Answered.class);
    var second = world.agent(DESK, HARBOR, GradeFamily.CHANGE, "change-2");
    assertRefused(call(second, HEALTH, child), ReasonCode.NO_TASK);
  }

  @Test
  void aChainIsNoLongerThanTheWorkspaceSays() {
    var parent = world.open();
    var one = handedOn(wish(parent, change));
    var two = handedOn(wish(one, observe).by(change));
    var three = handedOn(wish(two, clerk).by(observe).of("reading"));
    assertThat(three.lineage().depth()).isEqualTo(3);
    var fourth = world.agent(CLERK, HARBOR, GradeFamily.CHANGE, "clerk-2");
    assertRefused(wish(three, fourth).by(clerk).of("reading"), ReasonCode.LIMIT_EXCEEDED);
  }

  @Test
  void onlyTheCopyThatWorksOnATaskHandsItOn() {
    var parent = world.open();
    var copy = world.agent(DESK, HARBOR, GradeFamily.DESTRUCTIVE, "another");
    assertThat(world.drivers().delegate(wish(parent, change).by(copy).request()))
        .isInstanceOf(TaskResult.NotFound.class);
    assertThat(world.drivers().delegate(wish(parent, observe).by(change).request()))
        .isInstanceOf(TaskResult.NotFound.class);
    var theirs = world.agent(DESK, NORTHWIND, GradeFamily.DESTRUCTIVE, "one");
    assertThat(world.drivers().delegate(wish(parent, change).by(theirs).request()))
        .isInstanceOf(TaskResult.NotFound.class);
  }

  @Test
  void anExpiredProofOfEitherSideHandsNothingOn() {
    var parent = world.open();
    var late = new Caller.Agent(change.id(), change.instance(), true, world.clock.instant());
    assertRefused(wish(parent, late), ReasonCode.IDENTITY_EXPIRED);
    assertThatThrownBy(() ->
            new DelegationRequest(
                world.desk,
                parent.id(),
                observe.id(),
                Optional.of(change),
                "service",
                Set.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void everyEndOfAParentEndsWhatItHandedOn() {
    for (Task.State end : List.of(Task.State.DONE, Task.State.FAILED)) {
      var parent = world.open();
      var child = handedOn(wish(parent, change));
      var grandchild = handedOn(wish(child, observe).by(change));
      world.drivers().closeTask(world.desk, parent.id(), end);
      assertRefused(call(change, HEALTH, child), ReasonCode.NO_TASK);
      assertRefused(call(observe, HEALTH, grandchild), ReasonCode.NO_TASK);
      var last = world.entries(Kind.TASK_CLOSED).getLast().leaf();
      assertThat(last)
          .contains("\"because\":\"parent-" + end.name().toLowerCase(java.util.Locale.ROOT));
    }
  }

  @Test
  void aTaskThatIsHandedToPeopleEndsWhatItHandedOn() {
    var parent = world.open();
    var child = handedOn(wish(parent, change));
    world.drivers().escalate(world.desk, parent.id(), "too much for me");
    assertRefused(call(change, HEALTH, child), ReasonCode.NO_TASK);
    assertThat(world.ledgers.tasks().find(HARBOR, child.id()).orElseThrow().state())
        .isEqualTo(Task.State.FAILED);
    assertRefused(wish(parent, change), ReasonCode.NO_TASK);
  }

  @Test
  void aParentsTimeIsItsChildrensTime() {
    var parent = world.open();
    var child = handedOn(wish(parent, change));
    world.pass(Duration.between(world.clock.instant(), parent.deadline()));
    assertRefused(call(change, HEALTH, child), ReasonCode.NO_TASK);
    world.drivers().sweeper().tick();
    assertThat(world.ledgers.tasks().find(HARBOR, child.id()).orElseThrow().state())
        .isEqualTo(Task.State.EXPIRED);
  }

  @Test
  void whoeverHandedWorkOnSeesItAndEndsItAndNobodyElseDoes() {
    var parent = world.open();
    var child = handedOn(wish(parent, change));
    assertThat(world.drivers().task(world.desk, child.id())).isInstanceOf(TaskResult.Told.class);
    assertThat(world.drivers().task(change, parent.id())).isInstanceOf(TaskResult.NotFound.class);
    var copy = world.agent(DESK, HARBOR, GradeFamily.DESTRUCTIVE, "another");
    assertThat(world.drivers().task(copy, child.id())).isInstanceOf(TaskResult.NotFound.class);
    world.drivers().closeTask(world.desk, child.id(), Task.State.DONE);
    assertRefused(call(change, HEALTH, child), ReasonCode.NO_TASK);
    assertThat(call(world.desk, HEALTH, parent)).isInstanceOf(CallResult.Answered.class);
  }

  @Test
  void aStoreThatIsAwayHandsNothingOn() {
    var parent = world.open();
    world.ledgers.takeAway();
    assertThat(world.drivers().delegate(wish(parent, change).request()))
        .isInstanceOfSatisfying(
            TaskResult.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(ReasonCode.EVIDENCE_UNAVAILABLE));
  }
}
