package dev.remit.lab.rmm;

import dev.remit.lab.estate.Actor;
import dev.remit.lab.estate.Estate;
import dev.remit.lab.estate.Person;
import dev.remit.lab.estate.Ticket;
import dev.remit.lab.http.Call;
import dev.remit.lab.http.Json;
import dev.remit.lab.http.Refusal;
import dev.remit.lab.http.Reply;
import dev.remit.lab.vendor.Operation;
import io.helidon.http.Method;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Tickets, their log, boards, and the people who write in them. */
final class TicketApi {
  private static final Set<String> NEW =
      Set.of(
          "clientId",
          "ticketFormId",
          "nodeId",
          "subject",
          "description",
          "status",
          "type",
          "requesterUid",
          "severity",
          "priority");
  private static final Set<String> SEARCH =
      Set.of("pageSize", "lastCursorId", "searchCriteria", "sortBy", "filters", "includeColumns");
  private final Estate estate;

  TicketApi(Estate estate) {
    this.estate = estate;
  }

  List<Operation> operations() {
    return List.of(
        Operation.read("ticket-read", "/v2/ticketing/ticket/{ticketId}", this::one),
        Operation.read(
            "ticket-log",
            "/v2/ticketing/ticket/{ticketId}/log-entry",
            this::log,
            "type",
            "pageSize",
            "anchorId"),
        Operation.manage("ticket-create", Method.POST, "/v2/ticketing/ticket", this::create),
        Operation.manage(
            "ticket-comment",
            Method.POST,
            "/v2/ticketing/ticket/{ticketId}/comment",
            this::comment),
        Operation.read("ticket-statuses", "/v2/ticketing/statuses", call -> statuses()),
        Operation.read("ticket-boards", "/v2/ticketing/trigger/boards", call -> boards()),
        new Operation(
            "ticket-list",
            Method.POST,
            "/v2/ticketing/trigger/board/{boardId}/run",
            "monitoring",
            Set.of(),
            (call, actor) -> run(call)),
        Operation.read(
            "ticket-people",
            "/v2/ticketing/app-user-contact",
            this::people,
            "pageSize",
            "anchorNaturalId",
            "searchCriteria",
            "userType",
            "clientId"),
        Operation.read("ticket-contacts", "/v2/ticketing/contact/contacts", call -> ticketing()),
        Operation.read("contacts", "/v2/contacts", call -> contacts()),
        Operation.read("contact", "/v2/contact/{id}", this::contact));
  }

  private Reply one(Call call) {
    return Reply.ok(TicketViews.ticket(estate.tickets().get(call.pathInt("ticketId"))));
  }

  private Reply log(Call call) {
    Ticket ticket = estate.tickets().get(call.pathInt("ticketId"));
    String type = call.query("type").orElse("");
    int anchor = call.queryInt("anchorId", 0, 0, Integer.MAX_VALUE);
    return Reply.ok(
        ticket.entries().stream()
            .filter(e -> type.isEmpty() || e.type().equals(type))
            .filter(e -> e.id() > anchor)
            .limit(call.queryInt("pageSize", 500, 1, 500))
            .map(e -> TicketViews.entry(e, estate.people()))
            .toList());
  }

  private Reply create(Call call, Actor actor) {
    Map<String, Object> body = call.json();
    ActApi.only(body, NEW);
    int client = estate.organization(ActApi.integer(body, "clientId")).id();
    ActApi.integer(body, "ticketFormId");
    Map<String, Object> description = Json.member(body, "description");
    Ticket draft =
        new Ticket(
            0,
            1,
            client,
            body.containsKey("nodeId")
                ? estate.devices().get(ActApi.integer(body, "nodeId")).id()
                : null,
            body.containsKey("requesterUid") ? requester(ActApi.text(body, "requesterUid")) : null,
            ActApi.text(body, "subject"),
            statusOf(body),
            word(body, "type", "PROBLEM"),
            word(body, "priority", "NONE"),
            word(body, "severity", "NONE"),
            "ACTIVITY",
            Instant.EPOCH,
            List.of());
    Ticket ticket =
        estate.tickets().open(draft, word(description, "body", ""), null, actor.clientId());
    estate
        .activities()
        .write(
            0,
            "NINJA_TICKETING",
            "NINJA_TICKETING_TICKET_CREATED",
            "Ticket",
            "ticket " + ticket.id() + " created by " + actor.clientId(),
            "",
            actor);
    return Reply.ok(TicketViews.ticket(ticket));
  }

  private static String statusOf(Map<String, Object> body) {
    String status = ActApi.text(body, "status");
    int number = status.matches("[1-6]000") ? Integer.parseInt(status) / 1000 : 0;
    String name = number > 0 ? TicketViews.STATUSES.get(number - 1) : status;
    if (!TicketViews.STATUSES.contains(name)) {
      throw Refusal.badRequest("unknown status `" + status + "`");
    }
    return name;
  }

  private static String word(Map<String, Object> body, String name, String otherwise) {
    return body.containsKey(name) ? ActApi.text(body, name) : otherwise;
  }

  private UUID requester(String text) {
    return estate.people().stream()
        .map(Person::uid)
        .filter(uid -> uid.toString().equals(text))
        .findFirst()
        .orElseThrow(() -> Refusal.badRequest("unknown `requesterUid`"));
  }

  /**
   * The vendor takes a multipart form with the part `comment`; the lab takes that part's JSON too.
   */
  private Reply comment(Call call, Actor actor) {
    Ticket ticket = estate.tickets().get(call.pathInt("ticketId"));
    Map<String, Object> body =
        call.contentType().startsWith("multipart/form-data")
            ? Multipart.json(call, "comment")
            : call.json();
    ActApi.only(body, Set.of("public", "body", "htmlBody"));
    if (!(body.get("public") instanceof Boolean isPublic)) {
      throw Refusal.badRequest("`public` must be true or false");
    }
    estate.tickets().comment(ticket.id(), ActApi.text(body, "body"), isPublic, actor.clientId());
    estate
        .activities()
        .write(
            0,
            "NINJA_TICKETING",
            "NINJA_TICKETING_UPDATED",
            "Ticket",
            "comment on ticket " + ticket.id() + " by " + actor.clientId(),
            "",
            actor);
    return Reply.empty(204);
  }

  private static Reply statuses() {
    return Reply.ok(TicketViews.STATUSES.stream().map(TicketViews::status).toList());
  }

  private Reply boards() {
    return Reply.ok(
        List.of(
            Json.object(
                "id",
                1,
                "name",
                "All tickets",
                "system",
                true,
                "ticketCount",
                estate.tickets().all().size())));
  }

  private Reply run(Call call) {
    if (call.pathInt("boardId") != 1) {
      throw Refusal.notFound("no board `" + call.path("boardId") + "`");
    }
    Map<String, Object> body = call.json();
    ActApi.only(body, SEARCH);
    int cursor = body.containsKey("lastCursorId") ? ActApi.integer(body, "lastCursorId") : 0;
    int size = body.containsKey("pageSize") ? ActApi.integer(body, "pageSize") : 100;
    String words = word(body, "searchCriteria", "");
    List<Map<String, Object>> rows =
        estate.tickets().all().stream()
            .filter(t -> t.id() > cursor && t.subject().contains(words))
            .limit(Math.clamp(size, 0, 1000))
            .map(t -> TicketViews.row(t, estate))
            .toList();
    return Reply.ok(
        Json.object("data", rows, "metadata", Json.object("allColumns", List.of("id", "summary"))));
  }

  private Reply people(Call call) {
    String type = call.query("userType").orElse("");
    if (!Set.of("", "TECHNICIAN", "END_USER", "CONTACT").contains(type)) {
      throw Refusal.badRequest("unknown userType `" + type + "`");
    }
    int client = call.queryInt("clientId", 0, 1, Integer.MAX_VALUE);
    int anchor = call.queryInt("anchorNaturalId", 0, 0, Integer.MAX_VALUE);
    String words = call.query("searchCriteria").orElse("");
    return Reply.ok(
        estate.people().stream()
            .sorted(java.util.Comparator.comparingInt(Person::id))
            .filter(p -> p.id() > anchor)
            .filter(p -> type.isEmpty() || p.kind().userType().equals(type))
            .filter(p -> client == 0 || p.organizationId() == client)
            .filter(p -> (p.firstName() + " " + p.lastName() + " " + p.email()).contains(words))
            .limit(call.queryInt("pageSize", 50, 1, 1000))
            .map(TicketViews::user)
            .toList());
  }

  private Stream<Person> allContacts() {
    return estate.people().stream().filter(p -> p.kind() == Person.Kind.CONTACT);
  }

  private Reply ticketing() {
    return Reply.ok(
        allContacts()
            .map(p ->
                TicketViews.ticketingContact(p, estate.organization(p.organizationId()).name()))
            .toList());
  }

  private Reply contacts() {
    return Reply.ok(allContacts().map(TicketViews::contact).toList());
  }

  private Reply contact(Call call) {
    int id = call.pathInt("id");
    return Reply.ok(
        allContacts()
            .filter(p -> p.id() == id)
            .findFirst()
            .map(TicketViews::contact)
            .orElseThrow(() -> Refusal.notFound("no contact `" + id + "`")));
  }
}
