package dev.remit.workspace.scenario;

import dev.remit.core.call.ScopeTruth;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.identity.OrchestratorId;
import dev.remit.core.target.TargetRef;
import dev.remit.core.task.Task;
import dev.remit.core.tenant.Environment;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a case supposes.
 *
 * @param isBound whether the agent's token is bound to its key
 * @param autonomy the level in force, where it is not the one that the agent's file starts with
 * @param scopeTruth of the tool's connector, where it is not what its file says
 * @param windows whether a window of the tenant is open, where that is not left to the clock
 * @param before how often the same call was made already
 * @param changedTools tools that are no longer as they were accepted
 */
public record Given(
    AgentId agent,
    boolean isBound,
    Optional<AutonomyLevel> autonomy,
    Instant at,
    OfTask task,
    OfTicket ticket,
    Optional<ScopeTruth> scopeTruth,
    Map<String, Boolean> windows,
    Set<String> changedTools,
    Map<TargetRef, OfRecord> records,
    Optional<Approved> approved,
    Before before) {

  public Given {
    windows = Map.copyOf(windows);
    changedTools = Set.copyOf(changedTools);
    records = Map.copyOf(records);
  }

  /**
   * The task.
   *
   * @param agent whose it is
   * @param age how long ago it was opened
   * @param hasReadUntrusted whether words of outsiders were read in it
   * @param tools those it was shrunk to; empty means all of its class that the agent may carry
   * @param targets those it names
   * @param orchestrator who opened it, if the agent did not
   * @param handedOnBy who had the work before, the first one first
   */
  public record OfTask(
      String taskClass,
      AgentId agent,
      Environment environment,
      Task.State state,
      Duration age,
      boolean hasReadUntrusted,
      Set<String> tools,
      Set<TargetRef> targets,
      Optional<OrchestratorId> orchestrator,
      List<Above> handedOnBy) {
    public OfTask {
      tools = Set.copyOf(tools);
      targets = Set.copyOf(targets);
      handedOnBy = List.copyOf(handedOnBy);
    }
  }

  /** An agent that had the work before and handed it on, with the class of its own task. */
  public record Above(AgentId agent, String taskClass, boolean isBound) {}

  /** So many calls like this one, all so long ago. */
  public record Before(int calls, Duration ago) {}

  /** The ticket that is the task's ground. */
  public record OfTicket(boolean isOpenedByPerson, boolean isOpen, TenantId tenant) {}

  /**
   * A record of the inventory.
   *
   * @param tenants who claims it: one owns it, more make it ambiguous
   * @param seen how long ago it was read
   */
  public record OfRecord(List<TenantId> tenants, Duration seen, Value.Obj attributes) {
    public OfRecord {
      tenants = List.copyOf(tenants);
    }
  }

  /**
   * What people answered before.
   *
   * @param rules the rules that they answered
   * @param arguments what they were shown
   * @param records what was known of the targets then
   */
  public record Approved(Set<String> rules, Value.Obj arguments, Map<TargetRef, OfRecord> records) {
    public Approved {
      rules = Set.copyOf(rules);
      records = Map.copyOf(records);
    }
  }
}
