package dev.remit.core.identity;

import java.util.Set;

/** An orchestrator as the workspace describes it: its identity and the task classes it may open. */
public record Orchestrator(
    OrchestratorId id, String owner, WorkloadProof proof, Set<String> taskClasses) {

  public Orchestrator {
    taskClasses = Set.copyOf(taskClasses);
  }
}
