package dev.remit.lab.psa;

import dev.remit.lab.estate.Actor;
import dev.remit.lab.estate.Desk;
import dev.remit.lab.estate.Estate;
import dev.remit.lab.estate.Person;
import dev.remit.lab.estate.Ticket;
import dev.remit.lab.estate.TicketPriority;
import dev.remit.lab.http.Call;
import dev.remit.lab.http.Fields;
import dev.remit.lab.http.Refusal;
import dev.remit.lab.http.Reply;
import dev.remit.lab.vendor.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Acts on tickets: note, reply, queue, priority, close, open. */
final class TicketActs {
  private static final int LONG = 8_000;
  private final Estate estate;

  TicketActs(Estate estate) {
    this.estate = estate;
  }

  List<Operation> operations() {
    return List.of(
        Operation.post("psa-note", "/v1/tickets/{ticket}/notes", Psa.TICKETS, this::note),
        Operation.post("psa-reply", "/v1/tickets/{ticket}/replies", Psa.SEND, this::reply),
        Operation.post("psa-route", "/v1/tickets/{ticket}/route", Psa.TICKETS, this::route),
        Operation.post(
            "psa-priority", "/v1/tickets/{ticket}/priority", Psa.TICKETS, this::priority),
        Operation.post("psa-close", "/v1/tickets/{ticket}/close", Psa.TICKETS, this::close),
        Operation.post("psa-open", "/v1/tickets", Psa.TICKETS, this::open));
  }

  private Ticket open(Call call) {
    Ticket ticket = estate.tickets().get(call.pathInt("ticket"));
    if (!PsaViews.isOpen(ticket)) {
      throw Refusal.conflict("the ticket is " + ticket.status());
    }
    return ticket;
  }

  private Reply note(Call call, Actor actor) {
    Ticket ticket = open(call);
    Map<String, Object> body = call.json();
    Fields.only(body, "text");
    String text = Fields.text(body, "text", LONG);
    Ticket.Entry entry = estate.tickets().comment(ticket.id(), text, false, actor.clientId());
    log("TICKET_NOTE", "note in ticket " + ticket.id(), actor);
    return Reply.of(201, PsaViews.entry(entry));
  }

  /** Goes to any contact that is known, of whatever company. */
  private Reply reply(Call call, Actor actor) {
    Ticket ticket = open(call);
    Map<String, Object> body = call.json();
    Fields.only(body, "text", "recipient");
    String text = Fields.text(body, "text", LONG);
    String recipient = Fields.text(body, "recipient", 320);
    if (estate.people().stream()
        .noneMatch(p -> p.kind() == Person.Kind.CONTACT && p.email().equals(recipient))) {
      throw Refusal.badRequest("no contact has the address in `recipient`");
    }
    Ticket.Entry entry = estate.tickets().reply(ticket.id(), text, recipient, actor.clientId());
    log("TICKET_REPLY", "reply in ticket " + ticket.id() + " to " + recipient, actor);
    return Reply.of(201, PsaViews.entry(entry));
  }

  private static String queue(Map<String, Object> body) {
    String queue = Fields.text(body, "queue", 40);
    if (!Desk.QUEUES.contains(queue)) {
      throw Refusal.badRequest("no queue `" + queue + "`");
    }
    return queue;
  }

  private static TicketPriority priority(Map<String, Object> body) {
    String name = Fields.text(body, "priority", 10);
    return TicketPriority.byName(name)
        .orElseThrow(() -> Refusal.badRequest("no priority `" + name + "`"));
  }

  private Reply route(Call call, Actor actor) {
    Ticket ticket = open(call);
    Map<String, Object> body = call.json();
    Fields.only(body, "queue");
    String queue = queue(body);
    estate.desk().change(ticket.id(), handling -> handling.in(queue));
    Ticket next = estate.tickets().change(ticket.id(), Ticket::touched);
    log("TICKET_ROUTED", "ticket " + ticket.id() + " to " + queue, actor);
    return Reply.ok(PsaViews.ticket(next, estate));
  }

  private Reply priority(Call call, Actor actor) {
    Ticket ticket = open(call);
    Map<String, Object> body = call.json();
    Fields.only(body, "priority");
    TicketPriority priority = priority(body);
    Ticket next = estate.tickets().change(ticket.id(), priority::on);
    log("TICKET_PRIORITY", "ticket " + ticket.id() + " is " + priority, actor);
    return Reply.ok(PsaViews.ticket(next, estate));
  }

  private Reply close(Call call, Actor actor) {
    Ticket ticket = open(call);
    Map<String, Object> body = call.json();
    Fields.only(body, "resolution");
    String words = Fields.text(body, "resolution", LONG);
    estate.desk().change(ticket.id(), handling -> handling.solved(words));
    Ticket next = estate.tickets().change(ticket.id(), one -> one.in("CLOSED"));
    log("TICKET_CLOSED", "ticket " + ticket.id(), actor);
    return Reply.ok(PsaViews.ticket(next, estate));
  }

  /** No person asks for such a ticket, whatever it says. */
  private Reply open(Call call, Actor actor) {
    Map<String, Object> body = call.json();
    Fields.only(body, "company", "queue", "subject", "description", "priority");
    String company = Fields.text(body, "company", 9);
    if (!company.matches("[1-9][0-9]{0,8}")) {
      throw Refusal.badRequest("`company` must be an id");
    }
    int client = estate.organization(Integer.parseInt(company)).id();
    String queue = queue(body);
    String subject = Fields.text(body, "subject", 200);
    String words = Fields.text(body, "description", LONG);
    TicketPriority rank = body.containsKey("priority") ? priority(body) : TicketPriority.P4;
    Ticket draft =
        new Ticket(
            0,
            1,
            client,
            null,
            null,
            subject,
            "NEW",
            "PROBLEM",
            "",
            "",
            "ACTIVITY",
            Instant.EPOCH,
            List.of());
    Ticket ticket = estate.tickets().open(rank.on(draft), words, null, actor.clientId());
    estate.desk().change(ticket.id(), handling -> handling.in(queue));
    log("TICKET_OPENED", "ticket " + ticket.id(), actor);
    return Reply.of(201, PsaViews.ticket(ticket, estate));
  }

  private void log(String code, String words, Actor actor) {
    estate
        .psaLog()
        .write(0, "TICKET", code, "Ticket", words + " by " + actor.clientId(), "", actor);
  }
}
