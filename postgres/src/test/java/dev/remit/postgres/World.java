package dev.remit.postgres;

import dev.remit.core.approval.Parties;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.call.CallId;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Intent;
import dev.remit.core.evidence.ProposalLedger;
import dev.remit.core.evidence.Settlement;
import dev.remit.core.execution.Outcome;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.identity.PersonId;
import dev.remit.core.kill.KillScope;
import dev.remit.core.lease.Lease;
import dev.remit.core.lease.LeaseId;
import dev.remit.core.release.VersionId;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.target.Reading;
import dev.remit.core.target.TargetRef;
import dev.remit.core.task.Ground;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskClass.Answers;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.Environment;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** A small installation in a database of its own: two tenants, one device each, one version. */
final class World implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-03-02T10:00:30Z");
  static final TenantId HARBOR = new TenantId("harbor-dental");
  static final TenantId NORTH = new TenantId("north-legal");
  static final VersionId V1 = new VersionId("sha256:one");
  static final VersionId V2 = new VersionId("sha256:two");
  static final ConnectorId RMM = new ConnectorId("rmm");
  static final TargetRef DEVICE = new TargetRef(RMM, "device", "17");
  static final TargetRef FOREIGN = new TargetRef(RMM, "device", "99");
  static final String REPLICA = "replica-1";

  final TestDatabase.Fresh at = TestDatabase.fresh();
  final Database database = new Database(at.serving(), 20);
  final PostgresInventory inventory =
      new PostgresInventory(database, () -> TENANTS, Duration.ofSeconds(5));
  final PostgresCallLedger ledger = new PostgresCallLedger(database, inventory::recheck);
  final PostgresTaskLedger taskLedger = new PostgresTaskLedger(database);
  final PostgresTasks tasks = new PostgresTasks(database);
  final PostgresLeaseLedger leases = new PostgresLeaseLedger(database);
  final PostgresProposalLedger proposals =
      new PostgresProposalLedger(database, new RowSeal(new byte[32]));
  final PostgresPersonKeyLedger keys =
      new PostgresPersonKeyLedger(database, new RowSeal(new byte[32]));
  final PostgresKills kills = new PostgresKills(database);
  final PostgresJournal journal = new PostgresJournal(database);
  final PostgresVersions versions = new PostgresVersions(database);

  static final Map<TenantId, Tenant> TENANTS =
      Map.of(HARBOR, tenant(HARBOR, "org-1"), NORTH, tenant(NORTH, "org-2"));

  private final AtomicLong next = new AtomicLong();

  World() {
    for (var version : List.of(V1, V2)) {
      versions.store(version, Map.of("remit.yaml", bytes(version.value())), NOW);
    }
    versions.activate(V1, NOW, entry(TenantId.OPERATOR, Entry.Kind.POLICY_ACTIVATED));
    register("service-desk", "active");
    inventory.replace(
        RMM, "device", List.of(reading(DEVICE, "org-1", "1"), reading(FOREIGN, "org-2", "1")), NOW);
  }

  static Tenant tenant(TenantId id, String external) {
    return new Tenant(id, id.value(), Map.of("rmm", external), List.of());
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static Reading reading(TargetRef ref, String owner, String version) {
    return new Reading(ref, owner, Value.object("role", "workstation"), Set.of("role"), version);
  }

  String id() {
    return "id-" + next.incrementAndGet();
  }

  Entry entry(TenantId tenant, Entry.Kind kind) {
    return entry(tenant, kind, Optional.empty());
  }

  Entry entry(TenantId tenant, Entry.Kind kind, Optional<String> call) {
    return new Entry(
        id(),
        tenant,
        kind,
        call,
        Optional.empty(),
        NOW,
        Value.object("why", "test"),
        Value.object("fact", "\u0000 and text"),
        "00112233445566778899aabbccddeeff");
  }

  static AgentId agent(TenantId tenant) {
    return AgentId.parse("service-desk/" + tenant + "/production/change");
  }

  /** A task on a ticket of its own, open. */
  Task openTask(int callLimit) {
    return openTask(HARBOR, "T-" + id(), callLimit);
  }

  Task openTask(TenantId tenant, String ticket, int callLimit) {
    var task = task(tenant, ticket, callLimit);
    var refusal = taskLedger.open(task, V1, scopes(tenant), entry(tenant, Entry.Kind.TASK_OPENED));
    if (refusal.isPresent()) {
      throw new IllegalStateException(refusal.get().code());
    }
    return task;
  }

  Task task(TenantId tenant, String ticket, int callLimit) {
    return new Task(
        new TaskId(id()),
        tenant,
        Environment.PRODUCTION,
        agent(tenant),
        Optional.of(new InstanceId("unbound:1")),
        "restart-service",
        new Ground(RMM, ticket, tenant, "dana", true, true, "spooler hangs"),
        Set.of(DEVICE),
        Set.of("rmm_restart_service"),
        callLimit,
        NOW,
        NOW.plus(Duration.ofMinutes(15)),
        Task.State.OPEN,
        new Task.Prompt("sha256:prompt", "restart the spooler"),
        false);
  }

  static List<String> scopes(TenantId tenant) {
    return List.of(
        "everything",
        "tenant:" + tenant,
        "class:service-desk",
        "agent:" + agent(tenant).text(),
        "instance:unbound:1");
  }

  Intent intent(Task task) {
    return intent(task.tenant(), Optional.of(use(task, task.callLimit(), 10_000_000)));
  }

  static Intent.TaskUse use(Task task, int callLimit, int perHour) {
    return new Intent.TaskUse(
        task.id(),
        task.taskClass(),
        task.ground().ticket(),
        callLimit,
        perHour,
        List.of(),
        task.hasReadUntrusted());
  }

  /** A valid intent on the tenant's own device with a lease of its own. */
  Intent intent(TenantId tenant, Optional<Intent.TaskUse> use) {
    var call = new CallId(id());
    var lease =
        new Lease(
            new LeaseId(id()),
            tenant,
            RMM,
            "remit_" + call,
            Optional.empty(),
            Value.object("device", "17"),
            NOW.plusSeconds(120),
            REPLICA,
            Lease.State.INTENDED);
    var target = tenant.equals(HARBOR) ? DEVICE : FOREIGN;
    return new Intent(
        call,
        tenant,
        use,
        scopes(tenant),
        V1,
        List.of(new Intent.SeenTarget(target, "1")),
        Optional.empty(),
        Optional.of(lease),
        NOW,
        NOW.plusSeconds(5),
        NOW.plusSeconds(60),
        REPLICA,
        Optional.empty(),
        NOW.minus(Duration.ofMinutes(10)),
        entry(tenant, Entry.Kind.INTENT, Optional.of(call.value())));
  }

  Settlement settlement(Intent intent, Outcome outcome, boolean isLeaseGone) {
    return new Settlement(
        intent.call(),
        intent.tenant(),
        outcome,
        isLeaseGone ? intent.lease().map(Lease::id) : Optional.empty(),
        Optional.empty(),
        NOW.plusSeconds(1),
        entry(intent.tenant(), Entry.Kind.OUTCOME, Optional.of(intent.call().value())));
  }

  Proposal proposal(Task task) {
    return new Proposal(
        new ProposalId(id()),
        task.tenant(),
        new Subject.OfCall(
            task.id(),
            task.agent(),
            new InstanceId("unbound:1"),
            "rmm_restart_service",
            Value.object("device", "17"),
            Optional.of("again")),
        "sha256:call",
        List.of(
            new AskRule(
                "restart-service/ask-1",
                "true",
                List.of(new Answers(1, "tenant.approvers")),
                Duration.ofMinutes(30),
                Duration.ofMinutes(10))),
        new Parties(
            Optional.of("dana"),
            Optional.of("ops"),
            true,
            Set.of(new PersonId("staff", "wolf/1")),
            Optional.empty()),
        Value.object("targets", List.of(Value.object("kind", "device", "id", "17"))),
        NOW,
        NOW.plus(Duration.ofMinutes(30)),
        Optional.empty(),
        Proposal.State.OPEN);
  }

  Optional<Proposal> propose(Proposal proposal) {
    return proposals.propose(
        proposal,
        new ProposalLedger.Caps(5, 20),
        Optional.of(entry(proposal.tenant(), Entry.Kind.DECISION)),
        entry(proposal.tenant(), Entry.Kind.PROPOSED));
  }

  /** Grants by hand, as the owner: the ledger orders states and does not judge answers. */
  void grant(Proposal proposal, Instant useBy) {
    TestDatabase.run(
        at.admin(),
        "update remit.proposal set state = 'granted', use_by = '"
            + useBy
            + "' where id = '"
            + proposal.id()
            + "'");
  }

  void kill(KillScope scope) {
    kills.order(scope, "officer", "test", NOW, entry(TenantId.OPERATOR, Entry.Kind.KILL));
  }

  /** Writes a row of the register by hand, as the owner; no seal of ours is on it. */
  void register(String agentClass, String state) {
    TestDatabase.run(
        at.admin(),
        "insert into remit.agent (agent_class, state, revision, detail, since, cause, entry, seal)"
            + " values ('"
            + agentClass
            + "', '"
            + state
            + "', 1, '{}', now(), 'test', '', '')"
            + " on conflict (agent_class) do update set state = excluded.state");
  }

  long count(String query) {
    return TestDatabase.count(at.admin(), "select count(*) from remit." + query);
  }

  @Override
  public void close() {
    database.close();
  }
}
