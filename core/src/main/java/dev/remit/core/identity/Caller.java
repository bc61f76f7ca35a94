package dev.remit.core.identity;

import dev.remit.core.tenant.Environment;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who asks for a task or a call, proven: a workload on the machines' listener, or a person who
 * works on their own on the people's. Each listener makes its own kind alone; none makes Remit's.
 */
public sealed interface Caller {

  /** The running copy that calls. */
  InstanceId instance();

  /** Whether the token was bound to the sender's key; unbound callers are limited by policy. */
  boolean isBound();

  /** When the proof of identity ends; nothing is admitted for this caller afterwards. */
  Instant expiresAt();

  /** The name recorded in evidence. */
  String name();

  /** Whoever makes calls in tasks. */
  sealed interface Worker extends Caller {

    /**
     * The place that its tasks, limits and kills go by: an agent's identity, or for a person {@code
     * person/TENANT/ENVIRONMENT/FAMILY}, which no agent has.
     */
    AgentId id();

    /** The task token that it came with; empty where it came with its own identity. */
    default Optional<TaskToken> token() {
      return Optional.empty();
    }

    /** Whether what it came with speaks for the task of this name. */
    default boolean speaksFor(String task) {
      return token().map(TaskToken::task).map(task::equals).orElse(true);
    }
  }

  /**
   * An agent.
   *
   * @param token the task token that it came with; its task is the only one it may work on then
   */
  record Agent(
      AgentId id,
      InstanceId instance,
      boolean isBound,
      Instant expiresAt,
      Optional<TaskToken> token)
      implements Worker {

    /** An agent that came with its own identity. */
    public Agent(AgentId id, InstanceId instance, boolean isBound, Instant expiresAt) {
      this(id, instance, isBound, expiresAt, Optional.empty());
    }

    public Agent {
      if (id.agentClass().equals(AgentClassId.PERSON)) {
        throw new InvalidValueException("`person` stands for people; no agent is named so");
      }
    }

    @Override
    public String name() {
      return id.text();
    }
  }

  /**
   * An agent that looks at several clients with one identity. It makes no call as such: each call
   * is its part's at one client, which is an ordinary agent there.
   *
   * @param tenants the clients, at least two
   */
  record Triage(
      AgentClassId agentClass,
      Environment environment,
      Set<TenantId> tenants,
      InstanceId instance,
      boolean isBound,
      Instant expiresAt)
      implements Caller {
    public Triage {
      tenants = Set.copyOf(tenants);
      if (tenants.size() < 2) {
        throw new IllegalStateException("an agent of one client is an ordinary one");
      }
    }

    /** Its part at this client; empty for a client that is not one of its own. */
    public Optional<Agent> at(TenantId tenant) {
      return tenants.contains(tenant)
          ? Optional.of(
              new Agent(
                  new AgentId(agentClass, tenant, environment, GradeFamily.OBSERVE),
                  instance,
                  isBound,
                  expiresAt))
          : Optional.empty();
    }

    /** Its parts, in the order of the clients' names. */
    public List<Agent> parts() {
      return tenants.stream()
          .sorted(Comparator.comparing(TenantId::value))
          .flatMap(tenant -> at(tenant).stream())
          .toList();
    }

    @Override
    public String name() {
      return "triage/" + agentClass + "/" + environment.text();
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
   * A person who works on their own: signed in, on the people's listener.
   *
   * @param family the highest effects that the workspace lets this person make alone
   * @param expiresAt when the person's session ends
   */
  record OfPerson(
      Person person,
      TenantId tenant,
      Environment environment,
      GradeFamily family,
      Instant expiresAt)
      implements Worker {
    @Override
    public AgentId id() {
      return new AgentId(AgentClassId.PERSON, tenant, environment, family);
    }

    /** The same in each of the person's sessions, so that another one goes on with the task. */
    @Override
    public InstanceId instance() {
      return InstanceId.of(person.id());
    }

    /** A session is bound to the browser or the command line that it was begun for. */
    @Override
    public boolean isBound() {
      return true;
    }

    @Override
    public String name() {
      return "person/" + person.id().text();
    }
  }

  /**
   * Remit itself, where it writes into a client's system: no token and no session is ever it.
   *
   * <p>Tasks are known by their names here, because identity comes before them.
   *
   * @param waiting the name of the task on whose ground it works
   * @param task the name of the only task that it works on
   */
  record OfAutomation(AgentId id, String waiting, String task, Instant expiresAt)
      implements Worker {
    @Override
    public InstanceId instance() {
      return InstanceId.AUTOMATION;
    }

    /** It holds no token that could be taken away. */
    @Override
    public boolean isBound() {
      return true;
    }

    @Override
    public String name() {
      return id.text();
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

  /**
   * A reader of logs, which reads them and does nothing else.
   *
   * @param reader its name in the workspace
   * @param tenants those whose logs it may read
   */
  record LogReader(
      String reader, Set<TenantId> tenants, InstanceId instance, boolean isBound, Instant expiresAt)
      implements Caller {
    public LogReader {
      tenants = Set.copyOf(tenants);
    }

    @Override
    public String name() {
      return "log-reader/" + reader;
    }
  }
}
