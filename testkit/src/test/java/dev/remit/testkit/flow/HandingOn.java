package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.CLERK;
import static dev.remit.testkit.flow.FlowRelease.DESK;
import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.device;
import static dev.remit.testkit.flow.FlowWorld.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.delegation.DelegationRequest;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.TaskResult;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.GradeFamily;
import dev.remit.core.target.TargetRef;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A world in which agents hand work to each other, and wishes to do so. */
abstract class HandingOn {
  final FlowWorld world = new FlowWorld();
  final Caller.Agent change = world.agent(DESK, HARBOR, GradeFamily.CHANGE, "change-1");
  final Caller.Agent observe = world.agent(DESK, HARBOR, GradeFamily.OBSERVE, "observe-1");
  final Caller.Agent clerk = world.agent(CLERK, HARBOR, GradeFamily.OBSERVE, "clerk-1");

  Wish wish(Task parent, Caller.Agent to) {
    return new Wish(
        world.desk,
        parent.id(),
        to.id(),
        Optional.of(to),
        "service",
        Set.of(device(OWN)),
        Set.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** A wish, to be varied in one member. */
  record Wish(
      Caller.Agent caller,
      TaskId parent,
      AgentId agent,
      Optional<Caller.Agent> actor,
      String taskClass,
      Set<TargetRef> targets,
      Set<String> tools,
      Optional<Integer> calls,
      Optional<Instant> deadline) {

    Wish by(Caller.Agent other) {
      return new Wish(other, parent, agent, actor, taskClass, targets, tools, calls, deadline);
    }

    Wish forAny() {
      return new Wish(
          caller, parent, agent, Optional.empty(), taskClass, targets, tools, calls, deadline);
    }

    Wish of(String otherClass) {
      return new Wish(caller, parent, agent, actor, otherClass, targets, tools, calls, deadline);
    }

    Wish about(TargetRef... others) {
      return new Wish(
          caller, parent, agent, actor, taskClass, Set.of(others), tools, calls, deadline);
    }

    Wish with(String... others) {
      return new Wish(
          caller, parent, agent, actor, taskClass, targets, Set.of(others), calls, deadline);
    }

    Wish times(int wanted) {
      return new Wish(
          caller, parent, agent, actor, taskClass, targets, tools, Optional.of(wanted), deadline);
    }

    Wish until(Instant end) {
      return new Wish(
          caller, parent, agent, actor, taskClass, targets, tools, calls, Optional.of(end));
    }

    DelegationRequest request() {
      return new DelegationRequest(
          caller,
          parent,
          agent,
          actor,
          taskClass,
          targets,
          tools,
          calls,
          deadline,
          Optional.of("look at it"));
    }
  }

  Task handedOn(Wish wish) {
    var result = world.drivers().delegate(wish.request());
    assertThat(result).isInstanceOf(TaskResult.Told.class);
    return ((TaskResult.Told) result).task();
  }

  void assertRefused(Wish wish, ReasonCode reason) {
    int before = world.entries(Kind.TASK_REFUSED).size();
    int opened = world.entries(Kind.TASK_OPENED).size();
    assertThat(world.drivers().delegate(wish.request()))
        .isInstanceOfSatisfying(
            TaskResult.Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
    assertThat(world.entries(Kind.TASK_REFUSED)).hasSize(before + 1);
    assertThat(world.entries(Kind.TASK_OPENED)).hasSize(opened);
  }

  CallResult call(Caller.Agent caller, String tool, Task task) {
    return world.call(caller, tool, on(OWN), Optional.of(task.id()));
  }

  void assertRefused(CallResult result, ReasonCode reason) {
    assertThat(result)
        .isInstanceOfSatisfying(
            CallResult.Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }
}
