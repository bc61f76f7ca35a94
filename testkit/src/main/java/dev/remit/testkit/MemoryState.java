package dev.remit.testkit;

import dev.remit.core.approval.Answer;
import dev.remit.core.approval.PersonKey;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.call.CallId;
import dev.remit.core.evidence.Attempt;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Intent;
import dev.remit.core.evidence.Settlement;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.AgentId;
import dev.remit.core.kill.Kills;
import dev.remit.core.lease.Lease;
import dev.remit.core.lease.LeaseId;
import dev.remit.core.register.AgentState;
import dev.remit.core.register.Registration;
import dev.remit.core.release.VersionId;
import dev.remit.core.target.Reading;
import dev.remit.core.target.TargetRef;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The one "database" behind the stores in memory. All fields are guarded by this. */
final class MemoryState {
  VersionId active = new VersionId("none");
  final Map<TenantId, Tenant> tenants = new LinkedHashMap<>();
  final Map<AgentClassId, Registration> agents = new LinkedHashMap<>();
  final Map<TaskId, Task> tasks = new LinkedHashMap<>();
  final Map<CallId, Intent> intents = new LinkedHashMap<>();
  final Map<CallId, Settlement> outcomes = new LinkedHashMap<>();
  final Map<LeaseId, Lease> leases = new LinkedHashMap<>();
  final Map<ProposalId, Proposal> proposals = new LinkedHashMap<>();
  final Map<ProposalId, ProposalId> steps = new LinkedHashMap<>();
  final List<Answer> answers = new ArrayList<>();
  final Map<ProposalId, Integer> repeats = new LinkedHashMap<>();

  /** Uses of standing approvals: no proposals that anybody lists. */
  final Map<ProposalId, Proposal> openUses = new LinkedHashMap<>();

  final Map<String, PersonKey> keys = new LinkedHashMap<>();
  final List<Kills.Active> kills = new ArrayList<>();
  final Set<TenantId> toldOfStops = new HashSet<>();
  final List<Attempt> attempts = new ArrayList<>();
  final MemoryUses uses = new MemoryUses();
  final Map<TargetRef, List<Seen>> records = new LinkedHashMap<>();
  private final Map<TenantId, List<Entry>> entries = new LinkedHashMap<>();
  private final Map<TenantId, Instant> unwitnessed = new LinkedHashMap<>();
  private boolean isAway;

  /** No witness has cosigned a log but what a test says. */
  Optional<Instant> unwitnessedSince(TenantId tenant) {
    return Optional.of(unwitnessed.getOrDefault(tenant, Instant.EPOCH));
  }

  /** A witness has seen a log up to this moment. */
  void witnessed(TenantId tenant, Instant until) {
    unwitnessed.put(tenant, until);
  }

  /** A reading and when it was seen. */
  record Seen(Reading reading, Instant at) {}

  synchronized <T> T read(Supplier<T> query) {
    if (isAway) {
      throw new InMemoryLedgers.StoreAwayException();
    }
    return query.get();
  }

  synchronized void change(Runnable change) {
    read(() -> {
      change.run();
      return true;
    });
  }

  synchronized void setAway(boolean away) {
    isAway = away;
  }

  Optional<Proposal> uses(ProposalId use) {
    return Optional.ofNullable(openUses.get(use));
  }

  synchronized List<Entry> entriesOf(TenantId tenant) {
    return List.copyOf(entries.getOrDefault(tenant, List.of()));
  }

  /** Tenants that have a log. */
  synchronized Set<TenantId> logs() {
    return Set.copyOf(entries.keySet());
  }

  synchronized void append(Entry entry) {
    entries.computeIfAbsent(entry.tenant(), tenant -> new ArrayList<>()).add(entry);
  }

  /** Whether this agent may work; people who work by themselves are not in the register. */
  synchronized boolean isActive(AgentId agent) {
    var row = agents.get(agent.agentClass());
    return agent.agentClass().equals(AgentClassId.PERSON)
        || (row != null && row.state() == AgentState.ACTIVE);
  }

  synchronized boolean isKilled(List<String> scopes) {
    var asked = Set.copyOf(scopes);
    return kills.stream().anyMatch(kill -> asked.contains(kill.scope().text()));
  }

  /** Live tasks below this one; parents come first. */
  List<Task> liveBelow(TenantId tenant, TaskId id) {
    return tasks.values().stream()
        .filter(task -> task.tenant().equals(tenant) && task.state().isLive())
        .filter(task -> task.lineage().tasks().contains(id))
        .sorted(Comparator.comparingInt(task -> task.lineage().depth()))
        .toList();
  }

  /** What one agent of a tree was told, the others may hear. */
  void markTree(TaskId reader) {
    var task = tasks.get(reader);
    if (task != null) {
      var root = root(task);
      tasks.replaceAll((id, one) -> root(one).equals(root) ? one.afterUntrusted() : one);
    }
  }

  private static TaskId root(Task task) {
    var above = task.lineage().tasks();
    return above.isEmpty() ? task.id() : above.getFirst();
  }
}
