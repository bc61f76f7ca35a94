package dev.remit.identity.token;

import dev.remit.core.identity.Caller;
import dev.remit.core.identity.InstanceId;

/** The same caller as the instance of another key that it proved as well. */
final class Instanced {

  private Instanced() {}

  static Caller of(Caller caller, InstanceId instance) {
    return switch (caller) {
      case Caller.Agent agent ->
          new Caller.Agent(agent.id(), instance, true, agent.expiresAt(), agent.token());
      case Caller.Triage triage ->
          new Caller.Triage(
              triage.agentClass(),
              triage.environment(),
              triage.tenants(),
              instance,
              true,
              triage.expiresAt());
      case Caller.Orchestrator one ->
          new Caller.Orchestrator(one.id(), instance, true, one.expiresAt());
      case Caller.EnforcementPoint point ->
          new Caller.EnforcementPoint(
              point.id(), point.tenants(), instance, true, point.expiresAt());
      case Caller.LogReader reader ->
          new Caller.LogReader(
              reader.reader(), reader.tenants(), instance, true, reader.expiresAt());
      case Caller.OfPerson _, Caller.OfAutomation _ ->
          throw new IllegalStateException("no certificate of the machines' listener is theirs");
    };
  }
}
