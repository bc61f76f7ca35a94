package dev.remit.core.oversight;

import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.tenant.TenantId;

/** The level in force: a fact of every decision. */
@FunctionalInterface
public interface AutonomyLevels {

  /** Where the workspace lets it start: for what keeps no levels. */
  AutonomyLevels AS_STARTED =
      (agentClass, tenant, taskClass) -> agentClass.autonomy().in(taskClass).start();

  /**
   * The lower of what the policy version allows at most and what is stored, or where it starts when
   * nothing is stored. What cannot be known is {@link AutonomyLevel#PROPOSE}. Never throws and
   * answers from memory but for once a second at most.
   */
  AutonomyLevel inForce(AgentClass agentClass, TenantId tenant, String taskClass);
}
