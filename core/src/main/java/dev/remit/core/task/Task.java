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
 * @param hasReadUntrusted whether words of outsiders were given to whoever works on it, or on a
 *     task above or below it; never taken back
 * @param lineage the tasks that it was delegated from, if it was
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
    boolean hasReadUntrusted,
    Lineage lineage) {

  public Task {
    targets = Set.copyOf(targets);
    tools = Set.copyOf(tools);
    if (!tenant.equals(agent.tenant())) {
      throw new IllegalStateException("a task's tenant is its agent's");
    }
    if (lineage.names(agent) || instance.filter(lineage::names).isPresent()) {
      throw new IllegalStateException("work is never handed back to where it came from");
    }
  }

  /** A task that nobody delegated. */
  public Task(
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
    this(
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
        hasReadUntrusted,
        Lineage.NONE);
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
    return with(instance, state, true);
  }

  /** This task worked on by this running copy. */
  public Task by(InstanceId worker) {
    return with(Optional.of(worker), state, hasReadUntrusted);
  }

  /** This task in another state. */
  public Task in(State other) {
    return with(instance, other, hasReadUntrusted);
  }

  private Task with(Optional<InstanceId> worker, State other, boolean hasRead) {
    return new Task(
        id,
        tenant,
        environment,
        agent,
        worker,
        taskClass,
        ground,
        targets,
        tools,
        callLimit,
        openedAt,
        deadline,
        other,
        prompt,
        hasRead,
        lineage);
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

    /** The states in which a task may admit calls, now or later. */
    public static final Set<State> LIVE = Set.of(OPEN, HELD);

    /** Whether the task may still admit calls, now or later. */
    public boolean isLive() {
      return LIVE.contains(this);
    }
  }

  /** A claimed intent: digest of the whole and a redacted excerpt. */
  public record Prompt(String digest, String excerpt) {}
}
