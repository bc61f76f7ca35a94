package dev.remit.core.oversight;

import dev.remit.core.identity.AgentClassId;
import dev.remit.core.tenant.TenantId;

/** What has a level of its own: a class of agents at one tenant in one task class. */
public record AutonomyScope(TenantId tenant, AgentClassId agentClass, String taskClass) {

  /** As entries and pages name it. */
  public String text() {
    return agentClass + "/" + tenant + "/" + taskClass;
  }
}
