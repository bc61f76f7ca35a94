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

  /** One (issuer, subject) that is exactly one agent. */
  public record WorkloadIdentity(String issuer, String subject, AgentId agent) {}
}
