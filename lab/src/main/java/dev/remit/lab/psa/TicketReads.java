package dev.remit.lab.psa;

import dev.remit.lab.estate.Estate;
import dev.remit.lab.estate.Ticket;
import dev.remit.lab.estate.TicketPriority;
import dev.remit.lab.http.Call;
import dev.remit.lab.http.Pages;
import dev.remit.lab.http.Refusal;
import dev.remit.lab.http.Reply;
import dev.remit.lab.vendor.Operation;
import java.util.List;

/** Reading tickets and what was written in them. */
final class TicketReads {
  private final Estate estate;

  TicketReads(Estate estate) {
    this.estate = estate;
  }

  List<Operation> operations() {
    return List.of(
        Operation.get(
            "psa-tickets",
            "/v1/tickets",
            Psa.READ,
            this::list,
            "id",
            "company",
            "queue",
            "priority",
            "status",
            "open",
            "pageSize",
            "after"),
        Operation.get("psa-ticket", "/v1/tickets/{ticket}", Psa.READ, this::one),
        Operation.get(
            "psa-entries",
            "/v1/tickets/{ticket}/entries",
            Psa.READ,
            this::entries,
            "kind",
            "pageSize",
            "after"),
        Operation.get("psa-entry", "/v1/tickets/{ticket}/entries/{entry}", Psa.READ, this::entry));
  }

  private Ticket ticket(Call call) {
    return estate.tickets().get(call.pathInt("ticket"));
  }

  private Reply one(Call call) {
    return Reply.ok(PsaViews.ticket(ticket(call), estate));
  }

  private Reply list(Call call) {
    List<Ticket> fitting =
        estate.tickets().all().stream()
            .filter(ticket -> Pages.fits(call, "id", ticket.id()))
            .filter(ticket -> Pages.fits(call, "company", ticket.clientId()))
            .filter(ticket -> Pages.fits(call, "queue", estate.desk().get(ticket.id()).queue()))
            .filter(ticket -> Pages.fits(call, "priority", TicketPriority.of(ticket)))
            .filter(ticket -> Pages.fits(call, "status", ticket.status()))
            .filter(ticket -> Pages.fits(call, "open", PsaViews.isOpen(ticket)))
            .toList();
    return Pages.of(fitting, Ticket::id, ticket -> PsaViews.ticket(ticket, estate), call);
  }

  private Reply entries(Call call) {
    List<Ticket.Entry> fitting =
        ticket(call).entries().stream()
            .filter(entry -> Pages.fits(call, "kind", PsaViews.entry(entry).get("kind") + ""))
            .toList();
    return Pages.of(fitting, Ticket.Entry::id, PsaViews::entry, call);
  }

  private Reply entry(Call call) {
    int id = call.pathInt("entry");
    return Reply.ok(
        ticket(call).entries().stream()
            .filter(entry -> entry.id() == id)
            .findFirst()
            .map(PsaViews::entry)
            .orElseThrow(() -> Refusal.notFound("no entry `" + id + "` in this ticket")));
  }
}
