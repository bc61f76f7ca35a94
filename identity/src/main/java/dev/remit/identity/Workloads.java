package dev.remit.identity;

import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.EnforcementPoint;
import dev.remit.core.identity.OrchestratorId;
import dev.remit.core.release.Release;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which registered workload an issuer's subject is, by one policy version. Immutable. */
final class Workloads {

  private final Map<Name, List<Workload>> byName;

  private Workloads(Map<Name, List<Workload>> byName) {
    this.byName = byName;
  }

  private record Name(String issuer, String subject) {}

  /** A workload that may call. */
  sealed interface Workload {}

  /** An agent. */
  record OfAgent(AgentId id) implements Workload {}

  /** An orchestrator. */
  record OfOrchestrator(OrchestratorId id) implements Workload {}

  /** An enforcement point. */
  record OfEnforcementPoint(EnforcementPoint point) implements Workload {}

  static Workloads of(Release release) {
    var byName = new HashMap<Name, List<Workload>>();
    for (var agentClass : release.agentClasses().values()) {
      for (var identity : agentClass.identities()) {
        if (identity.isAutomation()) {
          // Remit itself: whatever a token names, it is not this.
          continue;
        }
        byName
            .computeIfAbsent(
                new Name(identity.issuer(), identity.subject()), _ -> new ArrayList<>())
            .add(new OfAgent(identity.agent()));
      }
    }
    for (var orchestrator : release.orchestrators().values()) {
      byName
          .computeIfAbsent(
              new Name(orchestrator.issuer(), orchestrator.subject()), _ -> new ArrayList<>())
          .add(new OfOrchestrator(orchestrator.id()));
    }
    for (var point : release.peers().enforcementPoints().values()) {
      byName
          .computeIfAbsent(new Name(point.issuer(), point.subject()), _ -> new ArrayList<>())
          .add(new OfEnforcementPoint(point));
    }
    return new Workloads(byName);
  }

  /** All that this subject is; anything but exactly one proves nobody. */
  List<Workload> find(String issuer, String subject) {
    return List.copyOf(byName.getOrDefault(new Name(issuer, subject), List.of()));
  }
}
