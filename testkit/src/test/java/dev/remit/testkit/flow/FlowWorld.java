package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.DESK;
import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.HEALTH;
import static dev.remit.testkit.flow.FlowRelease.NORTHWIND;
import static dev.remit.testkit.flow.FlowRelease.RMM;
import static dev.remit.testkit.flow.FlowRelease.SCAN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.call.ArgumentSchema;
import dev.remit.core.call.CallId;
import dev.remit.core.call.CallRequest;
import dev.remit.core.evidence.CallLedger;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Journal;
import dev.remit.core.evidence.LeaseLedger;
import dev.remit.core.evidence.PersonKeyLedger;
import dev.remit.core.evidence.ProposalLedger;
import dev.remit.core.evidence.TaskLedger;
import dev.remit.core.execution.Connector;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Execution;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.Drivers;
import dev.remit.core.flow.Ids;
import dev.remit.core.flow.PeoplePorts;
import dev.remit.core.flow.Ports;
import dev.remit.core.flow.TaskRequest;
import dev.remit.core.flow.TaskResult;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.GradeFamily;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.kill.Kills;
import dev.remit.core.lease.Broker;
import dev.remit.core.lease.PrincipalNames;
import dev.remit.core.oversight.Draw;
import dev.remit.core.oversight.OversightLedger;
import dev.remit.core.oversight.OversightPorts;
import dev.remit.core.register.RegisterLedger;
import dev.remit.core.register.RegisterPorts;
import dev.remit.core.release.Releases;
import dev.remit.core.release.VersionId;
import dev.remit.core.secret.LiveSecrets;
import dev.remit.core.secret.SecretCheck;
import dev.remit.core.target.Inventory;
import dev.remit.core.target.Reading;
import dev.remit.core.target.TargetRef;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.task.Tasks;
import dev.remit.core.tenant.Environment;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.testkit.FakeAssertionCheck;
import dev.remit.testkit.FakeConnector;
import dev.remit.testkit.Gate;
import dev.remit.testkit.InMemoryLedgers;
import dev.remit.testkit.InMemoryReleases;
import dev.remit.testkit.ManualClock;
import dev.remit.testkit.SeededIds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The drivers over stores in memory and a fake RMM, with time moved by hand. {@link #restart} is a
 * new process over what the old one left.
 */
final class FlowWorld {
  static final Duration SEND_WITHIN = Duration.ofSeconds(5);
  static final Duration SKEW = Duration.ofSeconds(2);

  /** How long a credential of reads lives from the decision on. */
  static final Duration LEASE_LIFE = Duration.ofMinutes(1).plus(SEND_WITHIN);

  static final String OWN = "1001";
  static final String OWN_TOO = "1002";
  static final String FOREIGN = "2001";

  final ManualClock clock = new ManualClock();
  final AtomicLong nanos = new AtomicLong();
  final Watch watch = new Watch();
  final Points points = new Points();
  final ScriptedPolicy policy = new ScriptedPolicy();
  final FakeConnector vendor = new FakeConnector(RMM, clock);
  final InMemoryReleases releases = new InMemoryReleases();
  final InMemoryLedgers ledgers = new InMemoryLedgers(new VersionId("v1"), FlowRelease.tenants());
  final PrincipalNames names = new PrincipalNames("0a1b2c3d", new byte[32]);

  /** Which effects of low risk are looked at: every one, unless a test says otherwise. */
  Draw draw = call -> 0;

  final ScriptedFiles agentFiles = new ScriptedFiles();

  /** How often a queued scan ran in the end. */
  final AtomicInteger scans = new AtomicInteger();

  final Caller.Agent desk = agent(DESK, HARBOR, GradeFamily.DESTRUCTIVE, "one");
  private final Map<TargetRef, Reading> records = new ConcurrentHashMap<>();
  private final SeededIds seeded = new SeededIds(20_260_101);
  final Ids ids =
      new Ids() {
        @Override
        public String id() {
          return seeded.get();
        }

        @Override
        public String salt() {
          return seeded.get();
        }
      };
  private Drivers drivers;

  FlowWorld() {
    releases.activate(FlowRelease.of("v1"), policy);
    List.of(reading(OWN, "1"), reading(OWN_TOO, "1"), reading("1003", "1"), reading(FOREIGN, "2"))
        .forEach(this::put);
    seeInventory();
    ticket("500", "1", true, true);
    ticket("501", "1", true, true);
    ticket("600", "2", true, true);
    vendor.on(HEALTH, (request, cut) -> FakeConnector.done(recordOf(request)));
    vendor.on(SCAN, (request, cut) -> ranScan());
    drivers = process("one");
    drivers.registerRound().begin(false);
  }

  private Execution ranScan() {
    scans.incrementAndGet();
    return FakeConnector.done();
  }

  /** A process over the same stores and the same target. */
  Drivers process(String replica) {
    return new Drivers(ports(replica));
  }

  /** This process died; a new one stands over what it left. */
  Drivers restart() {
    drivers = process("one");
    return drivers;
  }

  Drivers drivers() {
    return drivers;
  }

  private Ports ports(String replica) {
    var broker = watch.over(Broker.class, vendor.broker(), "broker", Map.of());
    var connector =
        watch.over(Connector.class, vendor, "vendor", Map.of("broker", broker, "id", RMM));
    return new Ports(
        watch.over(CallLedger.class, ledgers.calls(), "calls", Map.of()),
        watch.over(TaskLedger.class, ledgers.taskLedger(), "taskLedger", Map.of()),
        watch.over(LeaseLedger.class, ledgers.leases(), "leases", Map.of()),
        watch.over(ProposalLedger.class, ledgers.proposals(), "proposals", Map.of()),
        watch.over(Journal.class, ledgers.journal(), "journal", Map.of()),
        watch.over(Tasks.class, ledgers.tasks(), "tasks", Map.of()),
        watch.over(Inventory.class, ledgers.inventory(), "inventory", Map.of()),
        watch.over(Kills.class, ledgers.kills(), "kills", Map.of()),
        watch.over(Releases.class, releases, "releases", Map.of()),
        () -> Map.of(RMM, connector),
        new PeoplePorts(
            watch.over(PersonKeyLedger.class, ledgers.personKeys(), "keys", Map.of()),
            new FakeAssertionCheck()),
        OversightPorts.over(
            watch.over(OversightLedger.class, ledgers.oversight(), "oversight", Map.of()),
            draw,
            nanos::get),
        RegisterPorts.over(
            watch.over(RegisterLedger.class, ledgers.register(), "register", Map.of()),
            agentFiles,
            nanos::get),
        closedSchema(),
        names,
        new SecretCheck(new LiveSecrets(new byte[32])),
        clock,
        nanos::get,
        ids,
        points,
        replica,
        SEND_WITHIN,
        SKEW);
  }

  private static ArgumentSchema closedSchema() {
    return (tool, arguments) -> {
      var known = tool.inputSchema().object("properties").orElseThrow().members().keySet();
      return known.containsAll(arguments.members().keySet())
          ? Optional.empty()
          : Optional.of("an argument that is not in the schema");
    };
  }

  /** Time passes on both clocks. */
  void pass(Duration time) {
    clock.advance(time);
    nanos.addAndGet(time.toNanos());
  }

  static TargetRef device(String id) {
    return new TargetRef(RMM, "device", id);
  }

  static Reading reading(String id, String owner) {
    return reading(id, owner, "workstation", "1");
  }

  static Reading reading(String id, String owner, String role, String version) {
    var attributes = Value.object("role", role, "lastContact", version);
    return new Reading(device(id), owner, attributes, Set.of("role"), version);
  }

  /** What the system of record says from now on; the inventory has not seen it. */
  void put(Reading reading) {
    records.put(reading.ref(), reading);
    vendor.put(reading);
  }

  void move(String device, String owner) {
    put(reading(device, owner, "workstation", "moved"));
  }

  /** The inventory sees what the system of record says. */
  void seeInventory() {
    ledgers.inventory().replace(RMM, "device", List.copyOf(records.values()), clock.instant());
  }

  private Reading recordOf(Connector.Request request) {
    return Optional.ofNullable(
            records.get(device(request.arguments().text("device").orElseThrow())))
        .orElseThrow();
  }

  void ticket(String id, String owner, boolean isByPerson, boolean isOpen) {
    vendor.put(
        new Connector.Ticket(id, owner, "contact-" + id, isByPerson, isOpen, "words of a ticket"));
  }

  Caller.Agent agent(AgentClassId kind, TenantId tenant, GradeFamily family, String instance) {
    var id = new AgentId(kind, tenant, Environment.PRODUCTION, family);
    return new Caller.Agent(
        id, new InstanceId(instance), true, clock.instant().plus(Duration.ofDays(30)));
  }

  TaskResult wish(Caller.Agent caller, String taskClass, String ticket, String... devices) {
    var targets = new java.util.HashSet<TargetRef>();
    for (String device : devices) {
      targets.add(device(device));
    }
    return drivers.openTask(
        new TaskRequest(
            caller, caller.id(), taskClass, ticket, targets, Set.of(), Optional.of("please")));
  }

  Task open(Caller.Agent caller, String taskClass, String ticket, String... devices) {
    var result = wish(caller, taskClass, ticket, devices);
    assertThat(result).isInstanceOf(TaskResult.Told.class);
    return ((TaskResult.Told) result).task();
  }

  /** The usual task: the service desk at Harbor, both its devices. */
  Task open() {
    var task = open(desk, "service", "500", OWN, OWN_TOO);
    watch.forget();
    return task;
  }

  /** The other company's desk with a task of its own. */
  Task openForeign() {
    var other = agent(DESK, NORTHWIND, GradeFamily.DESTRUCTIVE, "two");
    return open(other, "service", "600", FOREIGN);
  }

  static Value.Obj on(String device) {
    return Value.object("device", device);
  }

  CallResult call(String tool, String device) {
    return call(desk, tool, on(device), Optional.empty());
  }

  CallResult call(Caller.Agent caller, String tool, Value.Obj arguments, Optional<TaskId> task) {
    return drivers.call(
        new CallRequest(caller, tool, arguments, task, Optional.empty()), new Cut());
  }

  /** A scan stays queued until it is cut (and cancelled) or the gate opens (and it runs). */
  Gate queueScans() {
    var gate = new Gate();
    vendor.on(
        SCAN,
        (request, cut) -> {
          var takeBack = cut.onCut(gate::open);
          gate.pass();
          takeBack.run();
          return cut.isCut() ? new Execution.Failed("cancelled before it began") : ranScan();
        });
    return gate;
  }

  List<Entry> entries(Entry.Kind kind) {
    return ledgers.entries(HARBOR).stream().filter(entry -> entry.kind() == kind).toList();
  }

  /** Entries of this kind that belong to a task. */
  List<Entry> ofTasks(Entry.Kind kind) {
    return entries(kind).stream().filter(entry -> entry.task().isPresent()).toList();
  }

  /** Entries of this kind about this call. */
  List<Entry> entries(Entry.Kind kind, CallId call) {
    return entries(kind).stream()
        .filter(entry -> entry.call().filter(call.value()::equals).isPresent())
        .toList();
  }

  /** Intents of agents' calls; Remit's own reads are not among them. */
  List<Entry> intents() {
    return entries(Entry.Kind.INTENT).stream().filter(entry -> entry.task().isPresent()).toList();
  }

  static CallId callOf(Entry entry) {
    return new CallId(entry.call().orElseThrow());
  }

  /** A tick per second for so long. */
  void sweepFor(Duration time) {
    for (long second = 0; second <= time.toSeconds(); second++) {
      drivers.sweeper().tick();
      pass(Duration.ofSeconds(1));
    }
  }

  /** Whether anything went to the vendor or its broker since the watch forgot. */
  boolean isAnythingSent() {
    return watch.events().stream().anyMatch(FlowWorld::isSending);
  }

  /** Whether an effect was sent since the watch forgot; readings are none. */
  boolean isAnythingSentToChange() {
    return watch.events().contains("vendor.execute");
  }

  static boolean isSending(String event) {
    return Set.of("broker.issue", "vendor.read", "vendor.execute", "vendor.ticket").contains(event);
  }
}
