package dev.remit.lab.control;

import dev.remit.lab.estate.Estate;
import dev.remit.lab.estate.Ticket;
import dev.remit.lab.estate.TicketPriority;
import dev.remit.lab.http.Call;
import dev.remit.lab.http.Fields;
import dev.remit.lab.http.Refusal;
import dev.remit.lab.http.Reply;
import dev.remit.lab.monitoring.MonitoringViews;
import dev.remit.lab.psa.PsaViews;
import dev.remit.lab.rmm.TicketViews;
import java.util.Map;

/** What the control API changes of tickets, articles and alerts, as others would in daily work. */
final class DeskChanges {
  private final Estate estate;

  DeskChanges(Estate estate) {
    this.estate = estate;
  }

  Reply ticket(Call call) {
    int id = estate.tickets().get(call.pathInt("id")).id();
    Map<String, Object> json = call.json();
    Fields.only(json, "status", "organizationId", "queue", "priority", "security", "confirmed");
    if (json.containsKey("status")) {
      String status = Fields.text(json, "status", 20);
      estate.tickets().change(id, ticket -> ticket.in(status));
    }
    if (json.containsKey("organizationId")) {
      int company = Fields.integer(json, "organizationId", 1, Integer.MAX_VALUE);
      int known = estate.organization(company).id();
      estate.tickets().change(id, ticket -> ticket.of(known));
    }
    if (json.containsKey("priority")) {
      TicketPriority priority =
          TicketPriority.byName(Fields.text(json, "priority", 10))
              .orElseThrow(() -> Refusal.badRequest("unknown `priority`"));
      estate.tickets().change(id, priority::on);
    }
    handling(id, json);
    return Reply.ok(TicketViews.ticket(estate.tickets().get(id)));
  }

  private void handling(int id, Map<String, Object> json) {
    if (json.containsKey("queue")) {
      String queue = Fields.text(json, "queue", 40);
      estate.desk().change(id, handling -> handling.in(queue));
    }
    if (json.containsKey("security")) {
      boolean is = Fields.claim(json, "security");
      estate.desk().change(id, handling -> handling.secure(is));
    }
    if (json.containsKey("confirmed")) {
      boolean is = Fields.claim(json, "confirmed");
      estate.desk().change(id, handling -> handling.confirmed(is));
    }
    if (json.containsKey("queue")
        || json.containsKey("security")
        || json.containsKey("confirmed")) {
      estate.tickets().change(id, Ticket::touched);
    }
  }

  /** Somebody else's edit. */
  Reply article(Call call) {
    Map<String, Object> json = call.json();
    Fields.only(json, "body");
    var article = estate.articles().get(call.pathInt("id"));
    estate
        .articles()
        .update(
            article.id(),
            article.current().version(),
            article.current().title(),
            Fields.text(json, "body", 100_000),
            "technician 2");
    return Reply.ok(PsaViews.article(estate.articles().get(article.id())));
  }

  Reply alert(Call call) {
    Map<String, Object> json = call.json();
    Fields.only(json, "device", "monitor", "message");
    return Reply.ok(
        MonitoringViews.alert(
            estate
                .watches()
                .raise(
                    Fields.integer(json, "device", 1, Integer.MAX_VALUE),
                    Fields.text(json, "monitor", 40),
                    Fields.text(json, "message", 500)),
            estate));
  }
}
