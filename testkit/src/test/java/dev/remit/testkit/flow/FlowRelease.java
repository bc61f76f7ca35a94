package dev.remit.testkit.flow;

import dev.remit.core.call.ScopeTruth;
import dev.remit.core.call.Tool;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Autonomy;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.identity.Grade;
import dev.remit.core.identity.GradeFamily;
import dev.remit.core.identity.Orchestrator;
import dev.remit.core.identity.OrchestratorId;
import dev.remit.core.identity.PersonFunction;
import dev.remit.core.identity.WorkloadProof;
import dev.remit.core.release.ConnectorSpec;
import dev.remit.core.release.OwnWork;
import dev.remit.core.release.People;
import dev.remit.core.release.Release;
import dev.remit.core.release.VersionId;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.task.Limit;
import dev.remit.core.task.TaskClass;
import dev.remit.core.tenant.DataClass;
import dev.remit.core.tenant.Environment;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The workspace that the flow tests run on: two tenants, one connector, a few tools. */
final class FlowRelease {
  static final TenantId HARBOR = new TenantId("harbor-dental");
  static final TenantId NORTHWIND = new TenantId("northwind-legal");
  static final ConnectorId RMM = new ConnectorId("rmm");
  static final AgentClassId DESK = new AgentClassId("service-desk");
  static final AgentClassId CLERK = new AgentClassId("clerk");

  /** Looks at both clients with one identity; one of its classes holds more than looks. */
  static final AgentClassId TRIAGE = new AgentClassId("triage");

  static final OrchestratorId DISPATCHER = new OrchestratorId("dispatcher");

  /** A read proven by its answer, and one proven by records. */
  static final String HEALTH = "rmm_health";

  static final String SERVICES = "rmm_services";

  /** A read of several devices. */
  static final String COMPARE = "rmm_compare";

  /** A low change, a job, and a destructive one. */
  static final String RESTART = "rmm_restart";

  static final String SCAN = "rmm_scan";
  static final String WIPE = "rmm_wipe";

  /** A tool that no task class of the service desk names. */
  static final String EXPORT = "rmm_export";

  /** The desk starts supervised; in one task class it may rise. */
  private static final Autonomy AUTONOMY =
      new Autonomy(
          new Autonomy.Range(AutonomyLevel.SUPERVISED, AutonomyLevel.SUPERVISED),
          Map.of("service", new Autonomy.Range(AutonomyLevel.SUPERVISED, AutonomyLevel.BOUNDED)));

  /** Reads words of outsiders, and an address that is nobody's business. */
  static final String MAIL = "rmm_read_mail";

  private static final Set<String> ALL = Set.of(HEALTH, SERVICES, COMPARE, RESTART, SCAN, WIPE);

  /** The owner of the desk's agents is {@code ops}; nobody knows who wrote the version. */
  static final People PEOPLE =
      new People(
          Map.of(
              "senior-technicians",
              new People.Group("staff", "seniors", Set.of(PersonFunction.APPROVE)),
              "ops",
              new People.Group(
                  "staff", "ops", Set.of(PersonFunction.APPROVE, PersonFunction.OPERATE)),
              "engineers",
              new People.Group("staff", "engineers", Set.of(PersonFunction.AUTHOR)),
              "overseers",
              new People.Group("staff", "overseers", Set.of(PersonFunction.OVERSEE)),
              "admins",
              new People.Group("staff", "admins", Set.of(PersonFunction.ADMINISTER)),
              "hands",
              new People.Group("staff", "hands", Set.of(PersonFunction.OPERATE)),
              "idlers",
              new People.Group("staff", "idlers", Set.of(PersonFunction.APPROVE))),
          Map.of(
              HARBOR, new People.Approvers("harbor", "it-approvers"),
              NORTHWIND, new People.Approvers("northwind", "it-approvers")),
          Map.of(),
          Map.of(
              "hands",
              new OwnWork(Set.of("service", "twice", "seldom"), GradeFamily.DESTRUCTIVE),
              "idlers",
              new OwnWork(Set.of("service"), GradeFamily.DESTRUCTIVE)));

  /** What may go to the one provider of models. */
  static final Map<String, Set<DataClass>> DATA = Map.of("provider", Set.of(DataClass.OPERATIONAL));

  private FlowRelease() {}

  static List<Tenant> tenants() {
    return List.of(
        new Tenant(HARBOR, "Harbor Dental", Map.of("rmm", "1"), List.of(), DATA),
        new Tenant(NORTHWIND, "Northwind Legal", Map.of("rmm", "2"), List.of(), DATA));
  }

  static Release of(String version) {
    var tools =
        List.of(
            tool(HEALTH, Grade.OBSERVE, Tool.Proof.ANSWER, "device"),
            tool(SERVICES, Grade.OBSERVE, Tool.Proof.RECORD, "device"),
            tool(COMPARE, Grade.OBSERVE, Tool.Proof.RECORD, "devices"),
            tool(RESTART, Grade.LOW, Tool.Proof.RECORD, "device"),
            tool(SCAN, Grade.LOW, Tool.Proof.RECORD, "device"),
            tool(WIPE, Grade.DESTRUCTIVE, Tool.Proof.RECORD, "device"),
            tool(EXPORT, Grade.OBSERVE, Tool.Proof.RECORD, "device"),
            mail());
    var classes =
        List.of(
            taskClass("service", ALL, 50, 1_000),
            taskClass("twice", ALL, 2, 1_000),
            taskClass("reading", Set.of(HEALTH), 50, 1_000),
            looking(),
            taskClass("never", ALL, 0, 1_000),
            taskClass("seldom", ALL, 50, 0),
            taskClass("exports", Set.of(EXPORT), 50, 1_000),
            taskClass("paced", Set.of(MAIL, HEALTH, COMPARE, RESTART, SCAN), 50, 1_000).and(PACE));
    return new Release(
        new VersionId(version),
        "msp",
        by(tenants(), Tenant::id),
        by(
            List.of(
                agentClass(DESK, Set.of("service", "twice", "reading", "never", "seldom", "paced")),
                agentClass(CLERK, Set.of("reading", "exports")),
                triage()),
            AgentClass::id),
        Map.of(
            DISPATCHER,
            new Orchestrator(
                DISPATCHER, "ops", WorkloadProof.of("issuer", "dispatcher"), Set.of("service"))),
        by(classes, TaskClass::name),
        by(tools, Tool::name),
        Map.of(
            RMM,
            new ConnectorSpec(
                RMM, "rmm", "http", "ops", ScopeTruth.BROKER_ENFORCED, "lab", Value.Obj.EMPTY)),
        RMM,
        PEOPLE,
        Set.of());
  }

  private static <K, V> Map<K, V> by(List<V> values, Function<V, K> key) {
    return values.stream().collect(Collectors.toUnmodifiableMap(key, value -> value));
  }

  private static Tool tool(String name, Grade effect, Tool.Proof proof, String target) {
    var schema =
        Value.object(
            "properties",
            Value.object(target, true, "service", true, "client", true),
            "required",
            List.of(target));
    return new Tool(
        name,
        RMM,
        name.substring("rmm_".length()),
        name,
        name,
        effect,
        schema,
        "sha256:pin-of-" + name,
        List.of(new Tool.TargetArgument(target, RMM, "device", Set.of("role"))),
        true,
        proof,
        Duration.ofSeconds(10),
        Value.Obj.EMPTY,
        Map.of("", DataClass.OPERATIONAL));
  }

  /** The same tool with one argument more. */
  static Tool withArgument(Tool like, String argument) {
    var properties = like.inputSchema().object("properties").orElseThrow();
    return new Tool(
        like.name(),
        like.connector(),
        like.operation(),
        like.title(),
        like.description(),
        like.effect(),
        like.inputSchema().with("properties", properties.with(argument, Value.of(true))),
        like.pin(),
        like.targets(),
        like.isContentTrusted(),
        like.proof(),
        like.timeout(),
        like.settings(),
        like.classes());
  }

  private static Tool mail() {
    var like = tool(MAIL, Grade.OBSERVE, Tool.Proof.RECORD, "device");
    return new Tool(
        like.name(),
        like.connector(),
        like.operation(),
        like.title(),
        like.description(),
        like.effect(),
        like.inputSchema(),
        like.pin(),
        like.targets(),
        false,
        like.proof(),
        like.timeout(),
        like.settings(),
        Map.of("/subject", DataClass.OPERATIONAL, "/from", DataClass.PERSONAL));
  }

  /** One restart per device and half hour, six attempts of an agent per hour. */
  private static final List<Limit> PACE =
      List.of(
          limit(Limit.Scope.TARGET, Optional.of(RESTART), 1, Duration.ofMinutes(30)),
          limit(Limit.Scope.AGENT, Optional.empty(), 6, Duration.ofHours(1)));

  private static Limit limit(
      Limit.Scope scope, Optional<String> tool, int atMost, Duration window) {
    return new Limit(
        Limit.Counted.CALLS, scope, "class:paced", tool, false, atMost, Optional.of(window));
  }

  private static TaskClass taskClass(String name, Set<String> tools, int calls, int perHour) {
    return taskClass(name, Grade.LOW, tools, calls, perHour);
  }

  private static TaskClass taskClass(
      String name, Grade risk, Set<String> tools, int calls, int perHour) {
    return new TaskClass(
        name,
        "why",
        "ops",
        risk,
        tools,
        "device",
        3,
        Duration.ofHours(24),
        new TaskClass.Limits(calls, Duration.ofHours(1), perHour),
        Optional.empty(),
        List.of(),
        List.of());
  }

  private static TaskClass looking() {
    return taskClass("looking", Grade.OBSERVE, Set.of(HEALTH, SERVICES, COMPARE, RESTART), 50, 500);
  }

  private static AgentClass triage() {
    var identities =
        List.of(HARBOR, NORTHWIND).stream()
            .map(tenant -> new AgentId(TRIAGE, tenant, Environment.PRODUCTION, GradeFamily.OBSERVE))
            .map(agent -> AgentClass.WorkloadIdentity.of("issuer", "triage", agent))
            .toList();
    return new AgentClass(
        TRIAGE, "ops", "purpose", "provider", Set.of("looking", "service"), identities, AUTONOMY);
  }

  private static AgentClass agentClass(AgentClassId id, Set<String> taskClasses) {
    var identities = new ArrayList<AgentClass.WorkloadIdentity>();
    for (TenantId tenant : List.of(HARBOR, NORTHWIND)) {
      Stream.of(GradeFamily.values())
          .map(family -> new AgentId(id, tenant, Environment.PRODUCTION, family))
          .map(agent -> AgentClass.WorkloadIdentity.of("issuer", agent.text(), agent))
          .forEach(identities::add);
    }
    return new AgentClass(id, "ops", "purpose", "provider", taskClasses, identities, AUTONOMY);
  }
}
