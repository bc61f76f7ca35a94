package dev.remit.core.identity;

import java.util.List;
import java.util.Set;

/**
 * What kind of agent: who owns it, what it is for, which task classes it may work on.
 *
 * <p>{@code taskClasses} are names of task classes. Empty sets mean none.
 */
public record AgentClass(
    AgentClassId id,
    String owner,
    String purpose,
    String modelProvider,
    Set<String> taskClasses,
    List<WorkloadIdentity> identities,
    Autonomy autonomy) {

  public AgentClass {
    taskClasses = Set.copyOf(taskClasses);
    identities = List.copyOf(identities);
  }

  /** Whether it is Remit itself that works under this name; then no workload does. */
  public boolean isAutomation() {
    return identities.stream().anyMatch(WorkloadIdentity::isAutomation);
  }

  /** One (issuer, subject) that is exactly one agent. */
  public record WorkloadIdentity(String issuer, String subject, AgentId agent) {

    /** Stands where the issuer would for Remit itself; no workspace can write it. */
    private static final String REMIT = "remit:automation";

    /** Remit itself as this agent: there is no issuer and no subject that a token could name. */
    public static WorkloadIdentity ofAutomation(AgentId agent) {
      return new WorkloadIdentity(REMIT, "", agent);
    }

    /** Whether it is Remit itself. */
    public boolean isAutomation() {
      return issuer.equals(REMIT);
    }
  }
}
