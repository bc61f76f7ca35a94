package dev.remit.identity;

import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.ClientKey;
import dev.remit.core.identity.EnforcementPoint;
import dev.remit.core.identity.GradeFamily;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.identity.LogReader;
import dev.remit.core.identity.OrchestratorId;
import dev.remit.core.identity.SpiffeId;
import dev.remit.core.identity.WorkloadProof;
import dev.remit.core.identity.WorkloadProof.OfClaims;
import dev.remit.core.identity.WorkloadProof.OfKeys;
import dev.remit.core.identity.WorkloadProof.OfRemit;
import dev.remit.core.identity.WorkloadProof.OfSpiffe;
import dev.remit.core.identity.WorkloadProof.OfSubject;
import dev.remit.core.release.Release;
import dev.remit.core.tenant.Environment;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which registered workload a token or certificate is, by one policy version. Immutable. */
public final class Workloads {

  private record Name(String issuer, String subject) {}

  private record Claimed(Map<String, String> claims, Workload workload) {}

  private final Map<Name, List<Workload>> bySubject = new HashMap<>();
  private final Map<String, List<Claimed>> byClaims = new HashMap<>();
  private final Map<SpiffeId, List<Workload>> bySpiffe = new HashMap<>();
  private final Map<String, List<Client>> byClient = new HashMap<>();

  private Workloads() {}

  /** A workload that signs for itself, with the keys that it may use. */
  record Client(Workload workload, List<KnownKey> keys) {

    /** The keys of this kid that are believed at this moment. */
    List<VerificationKey> keys(String kid, Instant at) {
      return keys.stream()
          .filter(known -> known.key().kid().equals(kid) && known.stated().isValidAt(at))
          .map(KnownKey::key)
          .toList();
    }

    private static List<KnownKey> known(List<ClientKey> stated) {
      return stated.stream()
          .flatMap(
              one -> JwkSetReader.ofClient(one.jwk()).map(key -> new KnownKey(one, key)).stream())
          .toList();
    }
  }

  /** A key as the workspace states it, read. */
  record KnownKey(ClientKey stated, VerificationKey key) {}

  /** A workload that may call. */
  public sealed interface Workload {
    /** Whether a token that is bound to no key will do for it. */
    boolean acceptsUnbound();

    /**
     * Whether somebody trusted for these environments can prove it. What reaches across
     * environments is proven only by those who are trusted for production.
     */
    boolean isWithin(Set<Environment> environments);

    /** The caller that it is, once it is proven. */
    Caller caller(InstanceId instance, boolean isBound, Instant until);
  }

  /** An agent. */
  public record OfAgent(AgentId id, boolean acceptsUnbound) implements Workload {
    @Override
    public boolean isWithin(Set<Environment> environments) {
      return environments.contains(id.environment());
    }

    @Override
    public Caller caller(InstanceId instance, boolean isBound, Instant until) {
      return new Caller.Agent(id, instance, isBound, until);
    }
  }

  /**
   * An agent that looks at several clients: one workload, which is an ordinary agent at each.
   *
   * @param tenants at least two
   */
  public record OfTriage(AgentClassId agentClass, Environment environment, Set<TenantId> tenants)
      implements Workload {
    public OfTriage {
      tenants = Set.copyOf(tenants);
    }

    /** What reads at several clients is never believed without a key. */
    @Override
    public boolean acceptsUnbound() {
      return false;
    }

    @Override
    public boolean isWithin(Set<Environment> environments) {
      return environments.contains(environment);
    }

    @Override
    public Caller caller(InstanceId instance, boolean isBound, Instant until) {
      return new Caller.Triage(agentClass, environment, tenants, instance, isBound, until);
    }
  }

  /** An orchestrator. */
  public record OfOrchestrator(OrchestratorId id, boolean acceptsUnbound) implements Workload {
    @Override
    public boolean isWithin(Set<Environment> environments) {
      return environments.contains(Environment.PRODUCTION);
    }

    @Override
    public Caller caller(InstanceId instance, boolean isBound, Instant until) {
      return new Caller.Orchestrator(id, instance, isBound, until);
    }
  }

  /** An enforcement point. */
  public record OfEnforcementPoint(EnforcementPoint point) implements Workload {
    @Override
    public boolean acceptsUnbound() {
      return point.proof().acceptsUnbound();
    }

    @Override
    public boolean isWithin(Set<Environment> environments) {
      return environments.contains(Environment.PRODUCTION);
    }

    @Override
    public Caller caller(InstanceId instance, boolean isBound, Instant until) {
      return new Caller.EnforcementPoint(point.id(), point.tenants(), instance, isBound, until);
    }
  }

  /** A reader of logs. */
  public record OfLogReader(LogReader reader) implements Workload {
    @Override
    public boolean acceptsUnbound() {
      return reader.proof().acceptsUnbound();
    }

    @Override
    public boolean isWithin(Set<Environment> environments) {
      return environments.contains(Environment.PRODUCTION);
    }

    @Override
    public Caller caller(InstanceId instance, boolean isBound, Instant until) {
      return new Caller.LogReader(reader.name(), reader.tenants(), instance, isBound, until);
    }
  }

  /** Those of this policy version. */
  public static Workloads of(Release release) {
    var all = new Workloads();
    for (var agentClass : release.agentClasses().values()) {
      all.add(agentClass);
    }
    for (var orchestrator : release.orchestrators().values()) {
      all.add(
          orchestrator.proof(),
          new OfOrchestrator(orchestrator.id(), orchestrator.proof().acceptsUnbound()));
    }
    for (var point : release.peers().enforcementPoints().values()) {
      all.add(point.proof(), new OfEnforcementPoint(point));
    }
    for (var reader : release.peers().logReaders().values()) {
      all.add(reader.proof(), new OfLogReader(reader));
    }
    return all;
  }

  private void add(AgentClass agentClass) {
    var byProof = new LinkedHashMap<WorkloadProof, List<AgentId>>();
    for (var identity : agentClass.identities()) {
      byProof.computeIfAbsent(identity.proof(), _ -> new ArrayList<>()).add(identity.agent());
    }
    byProof.forEach((proof, agents) -> {
      if (isTriage(proof, agents)) {
        var tenants = agents.stream().map(AgentId::tenant).collect(Collectors.toSet());
        add(proof, new OfTriage(agentClass.id(), agents.getFirst().environment(), tenants));
      } else {
        agents.forEach(agent -> add(proof, new OfAgent(agent, proof.acceptsUnbound())));
      }
    });
  }

  /**
   * One proof for several agents is one workload only if all it can do is look; else it is none.
   */
  private static boolean isTriage(WorkloadProof proof, List<AgentId> agents) {
    long tenants = agents.stream().map(AgentId::tenant).distinct().count();
    long environments = agents.stream().map(AgentId::environment).distinct().count();
    return agents.size() > 1
        && tenants == agents.size()
        && environments == 1
        && !proof.acceptsUnbound()
        && agents.stream().allMatch(agent -> agent.family() == GradeFamily.OBSERVE);
  }

  private void add(WorkloadProof proof, Workload workload) {
    switch (proof.match()) {
      case OfSubject(String issuer, String subject) ->
          bySubject
              .computeIfAbsent(new Name(issuer, subject), _ -> new ArrayList<>())
              .add(workload);
      case OfClaims(String issuer, Map<String, String> claims) ->
          byClaims
              .computeIfAbsent(issuer, _ -> new ArrayList<>())
              .add(new Claimed(claims, workload));
      case OfSpiffe(SpiffeId id) ->
          bySpiffe.computeIfAbsent(id, _ -> new ArrayList<>()).add(workload);
      case OfKeys(String client, List<ClientKey> keys) ->
          byClient
              .computeIfAbsent(client, _ -> new ArrayList<>())
              .add(new Client(workload, Client.known(keys)));
      case OfRemit _ -> {
        // Remit itself: whatever a token names, it is not this.
      }
    }
  }

  /**
   * All that a token of this issuer is; anything but exactly one proves nobody.
   *
   * @param claims all claims of the token
   */
  public List<Workload> find(String issuer, String subject, Value.Obj claims) {
    var found = new ArrayList<>(bySubject.getOrDefault(new Name(issuer, subject), List.of()));
    for (var claimed : byClaims.getOrDefault(issuer, List.of())) {
      if (claimed.claims().entrySet().stream()
          .allMatch(one -> isSaid(claims, one.getKey(), one.getValue()))) {
        found.add(claimed.workload());
      }
    }
    return List.copyOf(found);
  }

  /** All that this SPIFFE ID is; anything but exactly one proves nobody. */
  public List<Workload> find(SpiffeId id) {
    return List.copyOf(bySpiffe.getOrDefault(id, List.of()));
  }

  /** All clients of this id; anything but exactly one proves nobody. */
  List<Client> clients(String id) {
    return List.copyOf(byClient.getOrDefault(id, List.of()));
  }

  private static boolean isSaid(Value.Obj claims, String name, String text) {
    return at(claims, name).filter(Value.of(text)::equals).isPresent();
  }

  private static Optional<Value> at(Value.Obj claims, String name) {
    if (!name.startsWith("/")) {
      return claims.get(name);
    }
    Optional<Value> found = Optional.of(claims);
    for (var segment : name.substring(1).split("/", -1)) {
      var member = segment.replace("~1", "/").replace("~0", "~");
      found =
          found.flatMap(
              value -> value instanceof Value.Obj object ? object.get(member) : Optional.empty());
    }
    return found;
  }
}
