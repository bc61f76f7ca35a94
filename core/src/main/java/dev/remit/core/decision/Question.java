package dev.remit.core.decision;

import dev.remit.core.call.Call;
import dev.remit.core.call.ScopeTruth;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.target.TargetRecord;
import dev.remit.core.task.TaskClass;
import dev.remit.core.tenant.Tenant;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Everything policy may look at for one target of one call. Facts only: what an agent or a ticket
 * says in words is not in it.
 *
 * @param autonomy the level in force for the agent's class at this tenant in this task class
 * @param target absent for a tool that names no target; then the tenant itself is the resource
 * @param approvals identifiers of the ask rules whose approval is held for exactly this call
 */
public record Question(
    Call call,
    AgentClass agentClass,
    AutonomyLevel autonomy,
    TaskClass taskClass,
    Tenant tenant,
    ScopeTruth scopeTruth,
    Optional<TargetRecord> target,
    Set<String> approvals,
    Instant at) {

  public Question {
    approvals = Set.copyOf(approvals);
  }

  /** The same question with these approvals held. */
  public Question withApprovals(Set<String> held) {
    return new Question(
        call, agentClass, autonomy, taskClass, tenant, scopeTruth, target, held, at);
  }
}
