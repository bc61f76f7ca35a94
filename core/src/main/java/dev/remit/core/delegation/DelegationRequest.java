package dev.remit.core.delegation;

import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Caller;
import dev.remit.core.target.TargetRef;
import dev.remit.core.task.TaskId;
import dev.remit.core.value.InvalidValueException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A wish to hand a part of a task to another agent, as a task of that agent's own.
 *
 * <p>What is left out becomes as much as both sides may have; what is named beyond that is refused,
 * never cut.
 *
 * @param caller the running copy that works on the parent
 * @param actor the other agent's running copy where it is proven already; else the first one of it
 *     that uses the task has it
 * @param targets targets of the parent; none means none
 * @param tools tools of the parent; empty takes all that the other agent's task class and its
 *     identity may use too
 * @param calls how many calls it may make
 * @param deadline when it ends
 * @param prompt what was asked in words; kept as digest and redacted excerpt
 */
public record DelegationRequest(
    Caller.Agent caller,
    TaskId parent,
    AgentId agent,
    Optional<Caller.Agent> actor,
    String taskClass,
    Set<TargetRef> targets,
    Set<String> tools,
    Optional<Integer> calls,
    Optional<Instant> deadline,
    Optional<String> prompt) {

  public DelegationRequest {
    targets = Set.copyOf(targets);
    tools = Set.copyOf(tools);
    if (actor.filter(other -> !other.id().equals(agent)).isPresent()) {
      throw new InvalidValueException("the task is for another agent than the one that is proven");
    }
  }
}
