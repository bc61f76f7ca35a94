package dev.remit.web;

import dev.remit.core.approval.Card;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Verdict;
import dev.remit.core.call.Tool;
import dev.remit.core.evidence.Journal;
import dev.remit.core.flow.Approvals;
import dev.remit.core.flow.Fatigue;
import dev.remit.core.flow.Oversight;
import dev.remit.core.flow.Standing;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Autonomy;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.identity.Grade;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.kill.KillOrder;
import dev.remit.core.kill.KillScope;
import dev.remit.core.kill.Kills;
import dev.remit.core.lease.Lease;
import dev.remit.core.lease.LeaseId;
import dev.remit.core.release.Release;
import dev.remit.core.release.VersionId;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskClass;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.tenant.Window;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import dev.remit.web.console.Sample;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Two clients with agents, tasks, requests and a trail: enough to fill every page. */
final class ConsoleEstate implements Oversight, Approvals {
  final FakeStanding standing = new FakeStanding();

  static final Instant NOW = Samples.NOW;

  final List<Card> cards = new CopyOnWriteArrayList<>();
  final List<Journal.Stored> journal = new ArrayList<>();

  /** Every tenant that anything was asked about, and whether opening a card was recorded. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  volatile boolean isBare;

  ConsoleEstate() {
    cards.add(Sample.article());
    cards.add(Sample.hostile());
    cards.add(Sample.restart());
    cards.add(Sample.named(Sample.restart(), "p-restart-2"));
    cards.add(Sample.forOthers(Sample.restart()));
    cards.add(Sample.plan());
    ConsoleTrail.ofRestart(journal);
  }

  Release release() {
    var tenants =
        Map.of(
            Team.HARBOR, tenant(Team.HARBOR, "Harbor Dental", "1"),
            Team.SUMMIT, tenant(Team.SUMMIT, "Summit Freight", "3"));
    var classes =
        Map.of(
            "restart-service", taskClass("restart-service", Grade.LOW),
            "read-device-health", taskClass("read-device-health", Grade.OBSERVE),
            "reboot-device", taskClass("reboot-device", Grade.HIGH));
    return new Release(
        new VersionId("sha256:1b94b6b1d1f8f4f8f3c0a9e2"),
        "Example MSP",
        isBare ? Map.of() : tenants,
        isBare ? Map.of() : agents(),
        Map.of(),
        classes,
        Map.of(
            "rmm_restart_service",
            tool("rmm_restart_service", Grade.LOW, "Restart a service"),
            "rmm_run_script",
            tool("rmm_run_script", Grade.DESTRUCTIVE, "Run a script"),
            "psa_update_article",
            tool("psa_update_article", Grade.LOW, "Update an article")),
        Map.of(),
        new ConnectorId("psa"),
        Team.people(),
        Set.of());
  }

  private static Tool tool(String name, Grade effect, String title) {
    var tool = Samples.tool(name, effect);
    return new Tool(
        tool.name(),
        tool.connector(),
        tool.operation(),
        title,
        tool.description(),
        tool.effect(),
        tool.inputSchema(),
        tool.pin(),
        tool.targets(),
        tool.isContentTrusted(),
        tool.proof(),
        tool.timeout(),
        tool.settings());
  }

  private static Tenant tenant(TenantId id, String name, String external) {
    var zone = ZoneId.of("America/Los_Angeles");
    return new Tenant(
        id,
        name,
        Map.of("rmm", external, "psa", external, "assets", external),
        List.of(
            new Window(
                "support", EnumSet.allOf(DayOfWeek.class), LocalTime.MIN, LocalTime.MAX, zone),
            new Window(
                "maintenance",
                Set.of(DayOfWeek.SUNDAY),
                LocalTime.of(2, 0),
                LocalTime.of(6, 0),
                zone)));
  }

  static TaskClass taskClass(String name, Grade risk) {
    return new TaskClass(
        name,
        "why",
        "service-managers",
        risk,
        Set.of("rmm_restart_service"),
        "device",
        1,
        Duration.ofHours(1),
        new TaskClass.Limits(10, Duration.ofMinutes(15), 20),
        Optional.empty(),
        List.of(),
        List.of());
  }

  private static Map<AgentClassId, AgentClass> agents() {
    var desk = new AgentClassId("service-desk");
    var clerk = new AgentClassId("asset-clerk");
    return Map.of(
        desk,
        new AgentClass(
            desk,
            "service-managers",
            "Works on tickets about single devices.",
            "example-models",
            Set.of("restart-service", "read-device-health", "reboot-device"),
            List.of(
                identity("service-desk/harbor-dental/production/observe"),
                identity("service-desk/harbor-dental/production/change"),
                identity("service-desk/summit-freight/production/observe"),
                identity("service-desk/summit-freight/production/change")),
            Autonomy.of(AutonomyLevel.SUPERVISED)),
        clerk,
        new AgentClass(
            clerk,
            "asset-owners",
            "Answers questions about what a client owns.",
            "other-models",
            Set.of("query-assets"),
            List.of(identity("asset-clerk/summit-freight/production/observe")),
            Autonomy.of(AutonomyLevel.PROPOSE)));
  }

  private static AgentClass.WorkloadIdentity identity(String agent) {
    return AgentClass.WorkloadIdentity.of("lab", agent, AgentId.parse(agent));
  }

  // Approvals

  @Override
  public Page inbox(Person person, Optional<String> cursor, int limit) {
    return new Page(
        cards.stream()
            .filter(card ->
                person.organisation() instanceof Organisation.Msp
                    || person.organisation().equals(new Organisation.Client(card.tenant())))
            .limit(limit)
            .toList(),
        Optional.empty());
  }

  @Override
  public Optional<Card> progress(Person person, TenantId tenant, ProposalId id) {
    return inbox(person, Optional.empty(), 100).cards().stream()
        .filter(card -> card.tenant().equals(tenant) && card.id().equals(id))
        .findFirst();
  }

  @Override
  public Optional<Card> card(Person person, TenantId tenant, ProposalId id) {
    asked.add("card " + tenant + "/" + id);
    return inbox(person, Optional.empty(), 100).cards().stream()
        .filter(card -> card.tenant().equals(tenant) && card.id().equals(id))
        .findFirst();
  }

  @Override
  public AnswerResult answer(
      Person person,
      TenantId tenant,
      ProposalId id,
      Verdict verdict,
      String reason,
      dev.remit.core.approval.Assertion assertion) {
    return new NotCounted("this is only to look at");
  }

  @Override
  public Result withdraw(Person person, TenantId tenant, ProposalId id, String reason) {
    return new NotWithdrawn("this is only to look at");
  }

  @Override
  public Result withdrawAsOperator(TenantId tenant, ProposalId id, String reason) {
    return new NotWithdrawn("this is only to look at");
  }

  // Oversight
  @Override
  public void read(TenantId tenant, String by, What what, String about) {
    // What is entered is the drivers' own test.
  }

  @Override
  public Journal.Found search(Journal.Search search) {
    return new Journal.Found(List.of(), Optional.empty());
  }

  @Override
  public List<Journal.Stored> trail(Journal.Query query) {
    asked.add("trail " + query.tenant());
    return journal.stream()
        .filter(stored -> {
          var leaf = Json.parseObject(stored.leaf());
          return leaf.text("tenant").equals(Optional.of(query.tenant().value()))
              && (query.call().isEmpty() || query.call().equals(leaf.text("call")))
              && (query.task().isEmpty() || query.task().equals(leaf.text("task")));
        })
        .toList();
  }

  @Override
  public Optional<Task> task(TenantId tenant, TaskId id) {
    return tasks(tenant, 1).stream().filter(task -> task.id().equals(id)).findFirst();
  }

  @Override
  public List<Task> below(TenantId tenant, TaskId id, int limit) {
    if (!id.value().equals("task-8f31c2")) {
      return List.of();
    }
    var parent = task(tenant, id).orElseThrow();
    var one = ConsoleTasks.below(parent, "task-below-1", "clerk");
    return List.of(one, ConsoleTasks.below(one, "task-below-2", "reader"));
  }

  @Override
  public List<Task> tasks(TenantId tenant, int limit) {
    asked.add("tasks " + tenant);
    if (isBare) {
      return List.of();
    }
    return List.of(
        ConsoleTasks.ofPerson(
            ConsoleTasks.task(tenant, "task-1", "restart-service", Task.State.OPEN, "T-4712", 60)),
        ConsoleTasks.task(tenant, "task-8f31c2", "restart-service", Task.State.OPEN, "T-4711", 120),
        ConsoleTasks.task(tenant, "task-7ab001", "reboot-device", Task.State.HELD, "T-4698", 400),
        ConsoleTasks.task(
            tenant, "task-77c0de", "read-device-health", Task.State.DONE, "T-4690", 3000),
        ConsoleTasks.task(
            tenant, "task-70beef", "restart-service", Task.State.FAILED, "T-4682", 7300));
  }

  @Override
  public List<Proposal> proposals(TenantId tenant, int limit) {
    return List.of();
  }

  @Override
  public List<Lease> leases() {
    return isBare
        ? List.of()
        : List.of(lease(Team.HARBOR, "remit-4f1c"), lease(Team.SUMMIT, "remit-99aa"));
  }

  private static Lease lease(TenantId tenant, String principal) {
    return new Lease(
        new LeaseId("l-" + principal),
        tenant,
        new ConnectorId("assets"),
        principal,
        Optional.empty(),
        Value.Obj.EMPTY,
        NOW.minusSeconds(40),
        "replica-1",
        Lease.State.REVOKING);
  }

  @Override
  public List<Kills.Active> kills() {
    return isBare
        ? List.of()
        : List.of(
            new Kills.Active(
                KillScope.tenant(Team.SUMMIT), "staff/otto", "ransom note found", NOW));
  }

  @Override
  public List<Task> stop(KillScope scope, KillOrder.Mode mode, String by, String reason) {
    return List.of();
  }

  @Override
  public Standing standing() {
    return standing;
  }

  @Override
  public Fatigue.Measured fatigue(Set<TenantId> tenants, Instant since) {
    asked.add("fatigue");
    return LoadSample.of(isBare ? Set.of() : tenants);
  }

  @Override
  public Value.Obj posture() {
    asked.add("posture");
    return Value.object(
        "unbound",
        isBare ? List.of() : List.of("service-desk/summit-freight/production/observe"),
        "breakGlass",
        List.of(),
        "toolsChanged",
        Value.object("test_echo", Value.texts(List.of("the description is another"))),
        "connections",
        Value.object(
            "directory",
            Value.object(
                "findings",
                List.of(Value.object("verdict", "failed", "detail", "<b>another client's</b>")))),
        "declaredOnly",
        List.of("storage"),
        "sinks",
        List.of(
            Value.object("sink", "archive", "state", "well"),
            Value.object(
                "sink", "soc",
                "state", "failing",
                "behindEntries", 12,
                "behindSeconds", 95,
                "lastError", "<b>status 500</b>")));
  }

  @Override
  public Value.Obj decide(Value.Obj question) {
    return Value.Obj.EMPTY;
  }

  @Override
  public Value.Obj tenants() {
    return Value.Obj.EMPTY;
  }
}
