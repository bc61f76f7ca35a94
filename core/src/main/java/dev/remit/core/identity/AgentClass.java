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

  /** One agent, and what a workload must show to be it. */
  public record WorkloadIdentity(WorkloadProof proof, AgentId agent) {

    /** The agent that an issuer's subject is, bound to a key. */
    public static WorkloadIdentity of(String issuer, String subject, AgentId agent) {
      return new WorkloadIdentity(WorkloadProof.of(issuer, subject), agent);
    }

    /** Remit itself as this agent: there is nothing that a token could name. */
    public static WorkloadIdentity ofAutomation(AgentId agent) {
      return new WorkloadIdentity(WorkloadProof.of(new WorkloadProof.OfRemit()), agent);
    }

    /** Whether it is Remit itself. */
    public boolean isAutomation() {
      return proof.match() instanceof WorkloadProof.OfRemit;
    }
  }
}
