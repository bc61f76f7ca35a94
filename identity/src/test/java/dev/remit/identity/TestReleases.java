package dev.remit.identity;

import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClass.WorkloadIdentity;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Autonomy;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.identity.Orchestrator;
import dev.remit.core.identity.OrchestratorId;
import dev.remit.core.identity.WorkloadProof;
import dev.remit.core.identity.WorkloadProof.Match;
import dev.remit.core.release.People;
import dev.remit.core.release.Release;
import dev.remit.core.release.VersionId;
import dev.remit.core.target.ConnectorId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Policy versions in which only the registered workloads matter. */
final class TestReleases {

  static final AgentId DESK = AgentId.parse("service-desk/harbor-dental/production/change");
  static final AgentId AUDIT = AgentId.parse("audit/harbor-dental/production/observe");

  private TestReleases() {}

  static AgentClass agent(AgentId id, String... subjects) {
    return agentOf(TestToken.ISSUER, id, subjects);
  }

  /** An agent that needs no key. */
  static AgentClass agentOf(String issuer, AgentId id, String... subjects) {
    return agentOf(
        id,
        Arrays.stream(subjects)
            .map(subject -> WorkloadProof.of(issuer, subject).unbound())
            .toList());
  }

  static AgentClass agentBy(AgentId id, Match... matches) {
    return agentOf(id, Arrays.stream(matches).map(WorkloadProof::of).toList());
  }

  /** An agent that needs no key. */
  static AgentClass legacyBy(AgentId id, Match match) {
    return agentOf(id, List.of(WorkloadProof.of(match).unbound()));
  }

  private static AgentClass agentOf(AgentId id, List<WorkloadProof> proofs) {
    return new AgentClass(
        id.agentClass(),
        "owner",
        "purpose",
        "none",
        Set.of(),
        proofs.stream().map(proof -> new WorkloadIdentity(proof, id)).toList(),
        Autonomy.of(AutonomyLevel.PROPOSE));
  }

  static Orchestrator orchestrator(String name, String subject) {
    return new Orchestrator(
        new OrchestratorId(name),
        "owner",
        WorkloadProof.of(TestToken.ISSUER, subject).unbound(),
        Set.of("restart-service"));
  }

  static Release of(List<AgentClass> classes, Orchestrator... orchestrators) {
    Map<AgentClassId, AgentClass> byId =
        classes.stream().collect(Collectors.toMap(AgentClass::id, Function.identity()));
    return new Release(
        new VersionId("v"),
        "msp",
        Map.of(),
        byId,
        Arrays.stream(orchestrators).collect(Collectors.toMap(Orchestrator::id, o -> o)),
        Map.of(),
        Map.of(),
        Map.of(),
        new ConnectorId("tickets"),
        People.NONE,
        Set.of());
  }
}
