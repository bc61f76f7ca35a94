package dev.remit.core.flow;

import dev.remit.core.approval.Proposal;
import dev.remit.core.call.Call;
import dev.remit.core.call.CallId;
import dev.remit.core.call.Tool;
import dev.remit.core.decision.Decision;
import dev.remit.core.evidence.Journal;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.kill.KillOrder;
import dev.remit.core.kill.KillScope;
import dev.remit.core.kill.Kills;
import dev.remit.core.lease.Lease;
import dev.remit.core.release.Release;
import dev.remit.core.release.Releases;
import dev.remit.core.target.Inventory;
import dev.remit.core.target.TargetRecord;
import dev.remit.core.task.Ground;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reading for people, and the kill switch. */
final class OversightDesk implements Oversight {

  private final Ports ports;
  private final Entries entries;
  private final KillWatch killWatch;
  private final KillEntries killEntries;
  private final TaskEnd taskEnd;
  private final Judge judge;
  private final ReadLog reads;
  private final Map<String, Supplier<Value>> shown = new ConcurrentSkipListMap<>();

  OversightDesk(Ports ports, Entries entries, KillWatch killWatch, TaskEnd taskEnd) {
    this.ports = ports;
    this.judge = new Judge(ports.oversight().levels());
    this.entries = entries;
    this.killWatch = killWatch;
    this.killEntries = new KillEntries(ports.releases(), entries);
    this.taskEnd = taskEnd;
    this.reads = new ReadLog(ports.journal(), entries, ports.clock());
  }

  @Override
  public void read(TenantId tenant, String by, What what, String about) {
    reads.read(tenant, by, what, about);
  }

  /** Who read what, entered with every round and at the end. */
  ReadLog reads() {
    return reads;
  }

  @Override
  public List<Journal.Stored> trail(Journal.Query query) {
    return ports.journal().read(query);
  }

  @Override
  public Journal.Found search(Journal.Search search) {
    return ports.journal().search(search);
  }

  @Override
  public List<Task> tasks(TenantId tenant, int limit) {
    return ports.tasks().list(tenant, limit);
  }

  @Override
  public Optional<Task> task(TenantId tenant, TaskId id) {
    return ports.tasks().find(tenant, id);
  }

  @Override
  public List<Task> below(TenantId tenant, TaskId id, int limit) {
    return ports.tasks().below(tenant, id, limit);
  }

  @Override
  public List<Proposal> proposals(TenantId tenant, int limit) {
    return ports.proposals().list(tenant, limit);
  }

  @Override
  public List<Lease> leases() {
    return ports.leases().unfinished();
  }

  @Override
  public List<Kills.Active> kills() {
    return ports.kills().active();
  }

  @Override
  public List<Task> stop(KillScope scope, KillOrder.Mode mode, String by, String reason) {
    var now = ports.clock().instant();
    var closed = ports.kills().order(killEntries.order(scope, mode, by, reason, now));
    killWatch.stopped(scope, mode);
    closed.forEach(taskEnd::letGo);
    return closed;
  }

  @Override
  public Value.Obj posture() {
    var now = ports.clock().instant();
    var release = ports.releases().active().release();
    var exposed =
        ports.leases().unfinished().stream()
            .filter(lease -> lease.isExposedAt(now))
            .map(lease -> lease.connector() + "/" + lease.principal())
            .toList();
    var kills = ports.kills().active().stream().map(kill -> kill.scope().text()).toList();
    var posture =
        Value.object(
            "version", release.version().value(),
            "unbound", Value.texts(unbound(release)),
            "exposed", Value.texts(exposed),
            "kills", Value.texts(kills),
            "breakGlass", new Value.Array(List.of()),
            "overdue", overdue(release, now),
            "toolsChanged", toolsChanged(),
            "connectors",
                Value.texts(
                    ports.connectors().all().keySet().stream()
                        .map(Object::toString)
                        .sorted()
                        .toList()),
            "declaredOnly",
                Value.texts(
                    release.declaredOnly().stream().map(Object::toString).sorted().toList()));
    for (var part : shown.entrySet()) {
      posture = posture.with(part.getKey(), part.getValue().get());
    }
    return posture;
  }

  /** Shows this in the posture, too; it is asked for each time. */
  void show(String name, Supplier<Value> part) {
    shown.put(name, part);
  }

  /** Workloads whose tokens need be bound to no key. */
  private static List<String> unbound(Release release) {
    var agents =
        release.agentClasses().values().stream()
            .flatMap(agentClass -> agentClass.identities().stream())
            .filter(identity -> identity.proof().acceptsUnbound())
            .map(identity -> identity.agent().text());
    var orchestrators =
        release.orchestrators().values().stream()
            .filter(one -> one.proof().acceptsUnbound())
            .map(one -> "orchestrator " + one.id());
    var points =
        release.peers().enforcementPoints().values().stream()
            .filter(one -> one.proof().acceptsUnbound())
            .map(one -> "enforcement point " + one.id());
    return Stream.of(agents, orchestrators, points).flatMap(all -> all).sorted().toList();
  }

  /** Tools that are out because their upstream changed them, each with what is different. */
  private Value.Obj toolsChanged() {
    var changed = new TreeMap<String, Value>();
    ports
        .connectors()
        .all()
        .values()
        .forEach(connector ->
            connector
                .toolDifferences()
                .forEach((tool, lines) -> changed.put(tool, Value.texts(lines))));
    return new Value.Obj(changed);
  }

  @Override
  public Fatigue.Measured fatigue(Set<TenantId> tenants, Instant since) {
    return new FatigueMeter(ports.proposals(), ports.clock()).measured(tenants, since);
  }

  /** Tenants with effects that nobody looked at in time, and how many. */
  private Value overdue(Release release, Instant now) {
    return new Value.Array(
        ports.oversight().ledger().waiting(release.tenants().keySet(), now).stream()
            .filter(waiting -> waiting.overdue() > 0)
            .map(waiting ->
                (Value)
                    Value.object("tenant", waiting.tenant().value(), "effects", waiting.overdue()))
            .toList());
  }

  @Override
  public Standing standing() {
    return new StandingDesk(ports, entries, judge);
  }

  @Override
  public Value.Obj tenants() {
    var release = ports.releases().active().release();
    var tenants =
        release.tenants().values().stream()
            .sorted(java.util.Comparator.comparing(tenant -> tenant.id().value()))
            .map(tenant ->
                (Value) Value.object("tenant", tenant.id().value(), "name", tenant.name()))
            .toList();
    return Value.object("tenants", new Value.Array(tenants));
  }

  @Override
  public Value.Obj decide(Value.Obj question) {
    var active = ports.releases().active();
    var answer = decide(question, active);
    var tool = active.release().tools().get(need(question, "tool"));
    return tool != null && active.release().declaredOnly().contains(tool.connector())
        ? answer.with("declaredOnly", Value.of(tool.connector().value()))
        : answer;
  }

  private Value.Obj decide(Value.Obj question, Releases.Active active) {
    var release = active.release();
    var now = ports.clock().instant();
    var agent = AgentId.parse(need(question, "agent"));
    var tenant = named(release.tenants().get(new TenantId(need(question, "tenant"))), "tenant");
    var taskClass =
        named(
            release.taskClass(need(question, "taskClass"), tenant.id()).orElse(null), "task class");
    var tool = named(release.tools().get(need(question, "tool")), "tool");
    var caller =
        new Caller.Agent(agent, new InstanceId("hypothetical"), false, now.plusSeconds(60));
    var arguments = question.object("arguments").orElse(Value.Obj.EMPTY);
    for (var target : tool.targets()) {
      var id = question.text("target");
      arguments =
          id.isPresent() ? arguments.with(target.argument(), Value.of(id.get())) : arguments;
    }
    var refs = Targets.named(tool, arguments);
    var records = new ArrayList<TargetRecord>();
    for (var ref : refs) {
      switch (ports.inventory().resolve(ref, taskClass.seenWithin(), now)) {
        case Inventory.Proven(TargetRecord record) when record.tenant().equals(tenant.id()) ->
            records.add(record);
        case Inventory.Proven ignored -> {
          return told("deny", "tenant-mismatch", List.of());
        }
        case Inventory.Unknown() -> {
          return told("deny", "target-unknown", List.of());
        }
        case Inventory.Stale ignored -> {
          return told("deny", "target-stale", List.of());
        }
        case Inventory.Ambiguous ignored -> {
          return told("deny", "target-ambiguous", List.of());
        }
      }
    }
    if (!agent.tenant().equals(tenant.id())) {
      return told("deny", "no-permit", List.of());
    }
    if (ports.secrets().in(arguments).isPresent()) {
      return told("deny", "secret-in-arguments", List.of());
    }
    var call =
        new Call(
            new CallId("hypothetical"),
            caller,
            hypothetical(release, agent, taskClass.name(), refs, tool.name(), now),
            tool,
            arguments,
            records);
    var decision = judge.decide(active, call, taskClass, tenant, now);
    return decision instanceof Decision.Deny || hasTool(release, caller, tool)
        ? explained(decision)
        : told("deny", "no-permit", List.of())
            .with("detail", Value.of("no task class of this agent has this tool"));
  }

  /** Whether the agent has the tool, or would have it once its connector is more than declared. */
  private static boolean hasTool(Release release, Caller.Worker caller, Tool tool) {
    var connectors = new HashMap<>(release.connectors());
    connectors.computeIfPresent(tool.connector(), (id, spec) -> spec.connected());
    return release
        .supposing(release.tenants(), release.agentClasses(), connectors)
        .toolOf(caller, tool.name())
        .isPresent();
  }

  static Task hypothetical(
      Release release,
      AgentId agent,
      String taskClass,
      List<dev.remit.core.target.TargetRef> refs,
      String tool,
      Instant now) {
    var ground =
        new Ground(release.ticketConnector(), "hypothetical", agent.tenant(), "", true, true, "");
    return new Task(
        new TaskId("hypothetical"),
        agent.tenant(),
        agent.environment(),
        agent,
        Optional.empty(),
        taskClass,
        ground,
        Set.copyOf(refs),
        Set.of(tool),
        1,
        now,
        now.plusSeconds(60),
        Task.State.OPEN,
        Redaction.none(),
        false);
  }

  private static Value.Obj explained(Decision decision) {
    return switch (decision) {
      case Decision.Permit permit -> told("permit", "", permit.determining());
      case Decision.NeedsApproval needs -> {
        var from = Judge.from(needs.rules());
        yield told("needs-approval", "", needs.determining()).with("from", Value.texts(from));
      }
      case Decision.Deny deny ->
          told("deny", deny.reason().code(), deny.determining())
              .with("detail", Value.of(deny.detail()));
    };
  }

  private static Value.Obj told(String decision, String reason, List<String> determining) {
    return Value.object(
        "decision", decision, "reason", reason, "determining", Value.texts(determining));
  }

  private static String need(Value.Obj question, String name) {
    return question
        .text(name)
        .orElseThrow(() -> new InvalidValueException("`" + name + "` is missing"));
  }

  private static <T> T named(@org.jspecify.annotations.Nullable T found, String what) {
    if (found == null) {
      throw new InvalidValueException("no such " + what + " in the active version");
    }
    return found;
  }
}
