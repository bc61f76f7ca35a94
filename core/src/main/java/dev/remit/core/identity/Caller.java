package dev.remit.core.identity;

import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.Set;

/** An authenticated workload on the machines' listener; a person is never one. */
public sealed interface Caller {

  /** The running copy that calls. */
  InstanceId instance();

  /** Whether the token was bound to the sender's key; unbound callers are limited by policy. */
  boolean isBound();

  /** When the proof of identity ends; nothing is admitted for this caller afterwards. */
  Instant expiresAt();

  /** The name recorded in evidence. */
  String name();

  /** An agent. */
  record Agent(AgentId id, InstanceId instance, boolean isBound, Instant expiresAt)
      implements Caller {
    @Override
    public String name() {
      return id.text();
    }
  }

  /** An orchestrator. */
  record Orchestrator(OrchestratorId id, InstanceId instance, boolean isBound, Instant expiresAt)
      implements Caller {
    @Override
    public String name() {
      return "orchestrator/" + id.value();
    }
  }

  /**
   * An enforcement point outside, which may ask what policy says and nothing else.
   *
   * @param tenants those it may ask about
   */
  record EnforcementPoint(
      EnforcementPointId id,
      Set<TenantId> tenants,
      InstanceId instance,
      boolean isBound,
      Instant expiresAt)
      implements Caller {
    public EnforcementPoint {
      tenants = Set.copyOf(tenants);
    }

    @Override
    public String name() {
      return "enforcement-point/" + id.value();
    }
  }
}
