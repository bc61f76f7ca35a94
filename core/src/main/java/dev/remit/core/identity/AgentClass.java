package dev.remit.core.identity;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What kind of agent: who owns it, what it is for, which task classes it may work on.
 *
 * <p>{@code taskClasses} are names of task classes. Empty sets mean none.
 *
 * @param owner the workspace's name of a group or a person, or {@code issuer/subject}
 */
public record AgentClass(
    AgentClassId id,
    String owner,
    String purpose,
    String modelProvider,
    Set<String> taskClasses,
    List<WorkloadIdentity> identities,
    Autonomy autonomy,
    Accountability accountability) {

  public AgentClass {
    taskClasses = Set.copyOf(taskClasses);
    identities = List.copyOf(identities);
  }

  /** Without anybody who is named to answer for it. */
  public AgentClass(
      AgentClassId id,
      String owner,
      String purpose,
      String modelProvider,
      Set<String> taskClasses,
      List<WorkloadIdentity> identities,
      Autonomy autonomy) {
    this(id, owner, purpose, modelProvider, taskClasses, identities, autonomy, Accountability.NONE);
  }

  /** The owner together with whoever is named to answer for it: none of them approves its calls. */
  public String owners() {
    return accountability.person().map(person -> owner + ", " + person).orElse(owner);
  }

  /** Whether it is Remit itself that works under this name; then no workload does. */
  public boolean isAutomation() {
    return identities.stream().anyMatch(WorkloadIdentity::isAutomation);
  }

  /**
   * Who answers for a class of agents, and who is asked.
   *
   * @param person whom the workspace names beside a group that owns it: a person's name there, or
   *     {@code issuer/subject}
   */
  public record Accountability(Optional<String> person, Optional<Escalation> escalation) {

    /** Nothing is said. */
    public static final Accountability NONE =
        new Accountability(Optional.empty(), Optional.empty());
  }

  /**
   * Where its work goes when it cannot go on: names of the MSP's groups.
   *
   * @param asks who is asked
   * @param takesOver who takes its tasks over
   */
  public record Escalation(String asks, String takesOver) {}

  /**
   * Whether one workload is this agent and agents of other clients too. Such an agent looks and
   * does nothing else, and no work is handed to it or by it.
   */
  public boolean spans(AgentId agent) {
    return identities.stream()
        .filter(one -> one.agent().equals(agent) && !one.isAutomation())
        .anyMatch(one ->
            identities.stream()
                .anyMatch(other ->
                    other.proof().match().equals(one.proof().match())
                        && !other.agent().tenant().equals(agent.tenant())));
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
