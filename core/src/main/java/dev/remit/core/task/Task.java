package dev.remit.core.task;

import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.target.TargetRef;
import dev.remit.core.tenant.Environment;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The ticket-bound unit of work: one tenant and environment for ever, named targets and tools.
 *
 * <p>Immutable but for its state, which lives in the store and is checked when an intent commits. A
 * task opened by an orchestrator has no instance until an agent instance uses it first.
 *
 * @param prompt what was asked in words: recorded and shown, never read by policy
 * @param hasReadUntrusted whether words of outsiders were given to whoever works on it; never taken
 *     back
 */
public record Task(
    TaskId id,
    TenantId tenant,
    Environment environment,
    AgentId agent,
    Optional<InstanceId> instance,
    String taskClass,
    Ground ground,
    Set<TargetRef> targets,
    Set<String> tools,
    int callLimit,
    Instant openedAt,
    Instant deadline,
    State state,
    Prompt prompt,
    boolean hasReadUntrusted) {

  public Task {
    targets = Set.copyOf(targets);
    tools = Set.copyOf(tools);
    if (!tenant.equals(agent.tenant())) {
      throw new IllegalStateException("a task's tenant is its agent's");
    }
  }

  /** Whether the task may still admit calls at this moment. */
  public boolean isOpenAt(Instant instant) {
    return state == State.OPEN && instant.isBefore(deadline);
  }

  /** Whether a person works on it by themselves. */
  public boolean isOfPerson() {
    return agent.agentClass().equals(AgentClassId.PERSON);
  }

  /** This task after words of outsiders were told in it. */
  public Task afterUntrusted() {
    return new Task(
        id,
        tenant,
        environment,
        agent,
        instance,
        taskClass,
        ground,
        targets,
        tools,
        callLimit,
        openedAt,
        deadline,
        state,
        prompt,
        true);
  }

  /** Where a task stands. */
  public enum State {
    OPEN,
    HELD,
    DONE,
    FAILED,
    EXPIRED,
    KILLED,
    TAKEN_OVER;

    /** Whether the task may still admit calls, now or later. */
    public boolean isLive() {
      return this == OPEN || this == HELD;
    }
  }

  /** A claimed intent: digest of the whole and a redacted excerpt. */
  public record Prompt(String digest, String excerpt) {}
}
