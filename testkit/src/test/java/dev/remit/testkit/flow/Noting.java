package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.DESK;
import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.NORTHWIND;
import static dev.remit.testkit.flow.FlowRelease.RMM;
import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static dev.remit.testkit.flow.FlowWorld.OWN;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.call.Tool;
import dev.remit.core.execution.Connector;
import dev.remit.core.flow.TicketNotes;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Autonomy;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.identity.Grade;
import dev.remit.core.identity.GradeFamily;
import dev.remit.core.notice.NoticeKind;
import dev.remit.core.release.NoteTerms;
import dev.remit.core.release.People;
import dev.remit.core.release.Release;
import dev.remit.core.target.Reading;
import dev.remit.core.target.TargetRef;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskClass;
import dev.remit.core.tenant.Environment;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.testkit.FakeConnector;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The flow's world with tickets that can be noted in, and a wipe that people are asked about. */
final class Noting {
  static final String NOTE = "rmm_note";
  static final AgentClassId NOTES = new AgentClassId("remit-notes");
  static final String ORIGIN = "https://remit.example.com";
  static final int CALLS = 3;

  final FlowWorld world = new FlowWorld();
  final Task task = world.open();

  Noting() {
    activate(Optional.of(new NoteTerms(NOTES, "notes", NOTE, "ticket", "text")));
    ticketRecord("500", "1");
    ticketRecord("501", "1");
    ticketRecord("600", "2");
    world.vendor.on(NOTE, (request, cut) -> FakeConnector.done(ticket(request)));
    world.policy.ask(WIPE, Duration.ofMinutes(30));
  }

  private static Reading ticket(Connector.Request request) {
    return ticket(request.arguments().text("ticket").orElseThrow(), "1");
  }

  private static Reading ticket(String id, String owner) {
    return new Reading(
        new TargetRef(RMM, "ticket", id), owner, Value.object("open", "true"), Set.of("open"), "1");
  }

  void ticketRecord(String id, String owner) {
    world.vendor.put(ticket(id, owner));
    var seen =
        Stream.of("500", "501", "600")
            .map(known ->
                ticket(known, known.equals(id) ? owner : known.startsWith("5") ? "1" : "2"))
            .toList();
    world.ledgers.inventory().replace(RMM, "ticket", seen, world.clock.instant());
  }

  void activate(Optional<NoteTerms> terms) {
    var r = FlowRelease.of("v1");
    var people =
        new People(
            r.people().groups(),
            r.people().approvers(),
            r.people().persons(),
            r.people().work(),
            r.people().keyModels(),
            terms);
    var agents = new HashMap<>(r.agentClasses());
    agents.put(NOTES, automation());
    agents.computeIfPresent(DESK, (id, desk) -> alsoNoting(desk));
    var classes = new HashMap<>(r.taskClasses());
    classes.put("notes", notes());
    var tools = new HashMap<>(r.tools());
    tools.put(NOTE, note());
    world.releases.activate(
        new Release(
            r.version(),
            r.organisation(),
            r.tenants(),
            agents,
            r.orchestrators(),
            classes,
            tools,
            r.connectors(),
            r.ticketConnector(),
            people,
            r.authors()),
        world.policy);
    world.drivers().registerRound().begin(true);
  }

  private static AgentClass automation() {
    var identities =
        Stream.of(HARBOR, NORTHWIND)
            .map(tenant -> identity(tenant))
            .map(AgentClass.WorkloadIdentity::ofAutomation)
            .toList();
    return new AgentClass(
        NOTES,
        "ops",
        "notes",
        "",
        Set.of("notes"),
        identities,
        Autonomy.of(AutonomyLevel.SUPERVISED));
  }

  static AgentId identity(TenantId tenant) {
    return new AgentId(NOTES, tenant, Environment.PRODUCTION, GradeFamily.CHANGE);
  }

  private static AgentClass alsoNoting(AgentClass desk) {
    var all = new HashSet<>(desk.taskClasses());
    all.add("notes");
    return new AgentClass(
        desk.id(),
        desk.owner(),
        desk.purpose(),
        desk.modelProvider(),
        all,
        desk.identities(),
        desk.autonomy());
  }

  private static TaskClass notes() {
    return new TaskClass(
        "notes",
        "why",
        "ops",
        Grade.LOW,
        Set.of(NOTE),
        "ticket",
        1,
        Duration.ofHours(1),
        new TaskClass.Limits(CALLS, Duration.ofMinutes(15), 1_000),
        Optional.empty(),
        List.of(),
        List.of());
  }

  private static Tool note() {
    return new Tool(
        NOTE,
        RMM,
        "note",
        "Add a note",
        NOTE,
        Grade.LOW,
        Value.object(
            "properties",
            Value.object("ticket", true, "text", true),
            "required",
            List.of("ticket", "text")),
        "sha256:pin-of-note",
        List.of(new Tool.TargetArgument("ticket", RMM, "ticket", Set.of("open"))),
        true,
        Tool.Proof.RECORD,
        Duration.ofSeconds(5),
        Value.Obj.EMPTY,
        Map.of());
  }

  /** A wipe that waits. */
  ProposalId waiting() {
    return WaitingWipe.waiting(world.call(WIPE, OWN));
  }

  TicketNotes.Result note(ProposalId proposal, NoticeKind kind) {
    return note(HARBOR, proposal, kind);
  }

  TicketNotes.Result note(TenantId tenant, ProposalId proposal, NoticeKind kind) {
    return world.drivers().ticketNotes().note(tenant, proposal, kind, ORIGIN);
  }

  /** The notes that reached the ticket system, in order. */
  List<Value.Obj> written() {
    return world.vendor.sent().stream()
        .filter(request -> request.tool().name().equals(NOTE))
        .map(Connector.Request::arguments)
        .toList();
  }

  String text() {
    return written().getLast().text("text").orElseThrow();
  }
}
