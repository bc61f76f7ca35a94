package dev.remit.core.identity;

/** A registered workload that opens tasks for agents, for listed task classes only. */
public record OrchestratorId(String value) {

  @Override
  public String toString() {
    return value;
  }
}
