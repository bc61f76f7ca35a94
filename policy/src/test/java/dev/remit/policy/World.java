package dev.remit.policy;

import dev.remit.core.call.Call;
import dev.remit.core.call.CallId;
import dev.remit.core.call.ScopeTruth;
import dev.remit.core.call.Tool;
import dev.remit.core.decision.Question;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Autonomy;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.Grade;
import dev.remit.core.identity.GradeFamily;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.release.ConnectorSpec;
import dev.remit.core.release.People;
import dev.remit.core.release.Release;
import dev.remit.core.release.VersionId;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.target.TargetRecord;
import dev.remit.core.target.TargetRef;
import dev.remit.core.task.Ground;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskClass;
import dev.remit.core.task.TaskClass.Answers;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.Environment;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.tenant.Window;
import dev.remit.core.value.Value;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A small release: three tenants, one connector, tools of every grade, task classes that ask. */
final class World {
  static final ConnectorId RMM = new ConnectorId("rmm");
  static final AgentClassId DESK = new AgentClassId("service-desk");

  /** A Monday, when the office window is open. */
  static final Instant MONDAY_NOON = Instant.parse("2026-01-05T12:00:00Z");

  static final Instant SUNDAY_NOON = Instant.parse("2026-01-04T12:00:00Z");
  static final List<Answers> SENIORS = List.of(new Answers(1, "msp.senior-technicians"));
  static final PolicySource.GuardrailAnswers GUARDRAIL =
      new PolicySource.GuardrailAnswers(SENIORS, Duration.ofMinutes(30), Duration.ofMinutes(5));

  private World() {}

  static AskRule rule(String id, String condition) {
    return new AskRule(id, condition, SENIORS, Duration.ofMinutes(30), Duration.ofMinutes(10));
  }

  static Tool tool(String operation, Grade effect, boolean hasTarget) {
    return new Tool(
        "rmm_" + operation,
        RMM,
        operation,
        operation,
        operation,
        effect,
        Value.object(
            "type",
            "object",
            "properties",
            Value.object(
                "device", Value.object("type", "string"),
                "service", Value.object("type", "string"),
                "count", Value.object("type", "integer"))),
        "sha256:" + operation,
        hasTarget ? List.of(new Tool.TargetArgument("device", RMM, "device")) : List.of(),
        true,
        Tool.Proof.RECORD,
        Duration.ofSeconds(5),
        Value.Obj.EMPTY);
  }

  static TaskClass taskClass(
      String name, Grade risk, Set<String> tools, Optional<String> when, List<AskRule> ask) {
    return new TaskClass(
        name,
        name,
        "owner",
        risk,
        tools,
        "device",
        1,
        Duration.ofHours(1),
        new TaskClass.Limits(5, Duration.ofMinutes(15), 10),
        when,
        ask,
        List.of());
  }

  static List<TaskClass> taskClasses() {
    return List.of(
        taskClass(
            "read", Grade.OBSERVE, Set.of("rmm_get", "rmm_list"), Optional.empty(), List.of()),
        taskClass(
            "restart",
            Grade.LOW,
            Set.of("rmm_get", "rmm_restart"),
            Optional.of("tenant.window.office"),
            List.of(
                rule("restart.1", "[\"dc\", \"db\"].contains(resource.role)"),
                rule("restart.2", "resource.site == \"archive\""))),
        taskClass(
            "wide",
            Grade.DESTRUCTIVE,
            Set.of("rmm_get", "rmm_restart", "rmm_reboot", "rmm_wipe"),
            Optional.empty(),
            List.of()));
  }

  static List<Tool> tools() {
    return List.of(
        tool("get", Grade.OBSERVE, true),
        tool("list", Grade.OBSERVE, false),
        tool("restart", Grade.LOW, true),
        tool("reboot", Grade.HIGH, true),
        tool("wipe", Grade.DESTRUCTIVE, true),
        tool("unlisted", Grade.LOW, true));
  }

  static Release release() {
    return release(taskClasses());
  }

  static Release release(List<TaskClass> classes) {
    var settings =
        Value.object(
            "inventory",
            Value.object(
                "device",
                Value.object("attributes", Value.object("role", "/role", "site", "/site"))));
    var tenants = new java.util.HashMap<TenantId, Tenant>();
    for (String name : List.of("harbor", "northwind", "summit")) {
      tenants.put(new TenantId(name), tenant(name));
    }
    var tools = new java.util.HashMap<String, Tool>();
    tools().forEach(tool -> tools.put(tool.name(), tool));
    var taskClasses = new java.util.HashMap<String, TaskClass>();
    classes.forEach(taskClass -> taskClasses.put(taskClass.name(), taskClass));
    return new Release(
        new VersionId("v1"),
        "msp",
        tenants,
        Map.of(DESK, agentClass(Set.copyOf(taskClasses.keySet()), "bounded")),
        Map.of(),
        taskClasses,
        tools,
        Map.of(
            RMM,
            new ConnectorSpec(
                RMM, "rmm", "http", "owner", ScopeTruth.BROKER_ENFORCED, "rmm", settings)),
        RMM,
        People.NONE,
        Set.of());
  }

  static Tenant tenant(String name) {
    var weekdays =
        Set.of(
            DayOfWeek.MONDAY,
            DayOfWeek.TUESDAY,
            DayOfWeek.WEDNESDAY,
            DayOfWeek.THURSDAY,
            DayOfWeek.FRIDAY);
    return new Tenant(
        new TenantId(name),
        name,
        Map.of("rmm", name),
        List.of(
            new Window(
                "office", weekdays, LocalTime.of(8, 0), LocalTime.of(18, 0), ZoneOffset.UTC)));
  }

  static AgentClass agentClass(Set<String> taskClasses, String autonomy) {
    return new AgentClass(
        DESK, "owner", "purpose", "model", taskClasses, List.of(), Autonomy.of(level(autonomy)));
  }

  static AutonomyLevel level(String autonomy) {
    return AutonomyLevel.of(autonomy).orElse(AutonomyLevel.PROPOSE);
  }

  static Compilation compile(Release release, CedarFile... files) {
    return CedarPolicies.compile(
        new PolicySource(release, List.of(files), GUARDRAIL, List.of(), Map.of()));
  }

  static CompiledPolicies compiled(Release release, CedarFile... files) {
    return switch (compile(release, files)) {
      case Compilation.Compiled(CompiledPolicies policies) -> policies;
      case Compilation.Refused(List<Diagnostic> diagnostics) ->
          throw new AssertionError(diagnostics.stream().map(Diagnostic::text).toList().toString());
    };
  }

  static CedarDecisionPoint decisionPoint(CedarFile... files) {
    var release = release();
    return new CedarDecisionPoint(release, compiled(release, files));
  }

  static Asking ask(String taskClass, String tool) {
    return new Asking(taskClass, tool);
  }

  /** A question that is in order until it is told otherwise. */
  static final class Asking {
    private final String taskClass;
    private final String tool;
    String callerTenant = "harbor";
    String taskTenant = "harbor";
    String targetTenant = "harbor";
    Environment callerEnvironment = Environment.PRODUCTION;
    Environment taskEnvironment = Environment.PRODUCTION;
    GradeFamily family = GradeFamily.DESTRUCTIVE;
    boolean isBound = true;
    String autonomy = "bounded";
    ScopeTruth scopeTruth = ScopeTruth.BROKER_ENFORCED;
    Value.Obj attributes = Value.object("role", "workstation", "site", "office");
    Value.Obj arguments = Value.object("device", "1");
    boolean hasTarget = true;
    Set<String> approvals = Set.of();
    Instant at = MONDAY_NOON;
    Set<String> agentTaskClasses = Set.of("read", "restart", "wide");

    private Asking(String taskClass, String tool) {
      this.taskClass = taskClass;
      this.tool = tool;
    }

    Question question(Release release) {
      var agent = agent(callerTenant, callerEnvironment);
      var taskAgent = callerTenant.equals(taskTenant) ? agent : agent(taskTenant, taskEnvironment);
      var task =
          new Task(
              new TaskId("t"),
              new TenantId(taskTenant),
              taskEnvironment,
              taskAgent,
              Optional.empty(),
              taskClass,
              new Ground(RMM, "5001", new TenantId(taskTenant), "p", true, true, "s"),
              Set.of(),
              Set.of(tool),
              5,
              at.minusSeconds(60),
              at.plusSeconds(600),
              Task.State.OPEN,
              new Task.Prompt("sha256:", ""),
              false);
      var caller = new Caller.Agent(agent, new InstanceId("i"), isBound, at.plusSeconds(60));
      var target =
          new TargetRecord(
              new TargetRef(RMM, "device", "1"),
              new TenantId(targetTenant),
              attributes,
              Set.of("role"),
              "1",
              at);
      var targets = hasTarget ? List.of(target) : List.<TargetRecord>of();
      var call =
          new Call(
              new CallId("c"),
              caller,
              task,
              java.util.Objects.requireNonNull(release.tools().get(tool)),
              arguments,
              targets);
      return new Question(
          call,
          agentClass(agentTaskClasses, autonomy),
          level(autonomy),
          java.util.Objects.requireNonNull(release.taskClasses().get(taskClass)),
          tenant(taskTenant),
          scopeTruth,
          targets.stream().findFirst(),
          approvals,
          at);
    }

    private AgentId agent(String tenant, Environment environment) {
      return new AgentId(DESK, new TenantId(tenant), environment, family);
    }
  }
}
