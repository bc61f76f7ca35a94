package dev.remit.lab.psa;

import dev.remit.lab.estate.Article;
import dev.remit.lab.estate.Estate;
import dev.remit.lab.estate.Handling;
import dev.remit.lab.estate.Organization;
import dev.remit.lab.estate.Person;
import dev.remit.lab.estate.Ticket;
import dev.remit.lab.estate.TicketPriority;
import dev.remit.lab.http.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Records as the PSA shows them; what a ticket does not have is said, never left out. */
public final class PsaViews {
  private static final String NONE = "none";
  private static final Set<String> OVER = Set.of("RESOLVED", "CLOSED");

  private PsaViews() {}

  static boolean isOpen(Ticket ticket) {
    return !OVER.contains(ticket.status());
  }

  /** A ticket with its requester, and the companies that its requester and its device belong to. */
  public static Map<String, Object> ticket(Ticket ticket, Estate estate) {
    Handling handling = estate.desk().get(ticket.id());
    Integer node = ticket.nodeId();
    return Json.object(
        "id",
        ticket.id(),
        "version",
        ticket.version(),
        "company",
        ticket.clientId(),
        "queue",
        handling.queue(),
        "priority",
        TicketPriority.of(ticket).name(),
        "status",
        ticket.status(),
        "open",
        isOpen(ticket),
        "security",
        handling.isSecurity(),
        "confirmed",
        handling.isConfirmed(),
        "subject",
        ticket.subject(),
        "source",
        ticket.source(),
        "device",
        node == null ? NONE : node.toString(),
        "deviceCompany",
        node == null ? NONE : Integer.toString(estate.devices().get(node).organizationId()),
        "requester",
        requester(ticket, estate),
        "resolution",
        handling.resolution(),
        "createdAt",
        ticket.createTime().toString());
  }

  private static Map<String, Object> requester(Ticket ticket, Estate estate) {
    return estate.people().stream()
        .filter(person -> person.uid().equals(ticket.requesterUid()))
        .findFirst()
        .map(PsaViews::requester)
        .orElse(Json.object("id", NONE, "company", NONE, "email", NONE, "kind", NONE));
  }

  private static Map<String, Object> requester(Person person) {
    return Json.object(
        "id", Integer.toString(person.id()),
        "company", Integer.toString(person.organizationId()),
        "email", person.email(),
        "kind", person.kind().name());
  }

  /** A line of a ticket: what it was opened with, a note inside, or a reply to a client. */
  static Map<String, Object> entry(Ticket.Entry entry) {
    String kind =
        entry.type().equals("DESCRIPTION") ? "description" : entry.isPublic() ? "reply" : "note";
    String automation = entry.automation();
    return Json.object(
        "id",
        entry.id(),
        "kind",
        kind,
        "text",
        entry.body(),
        "recipient",
        entry.recipient() == null ? NONE : entry.recipient(),
        "author",
        automation == null ? String.valueOf(entry.author()) : automation,
        "state",
        kind.equals("reply") && entry.recipient() != null ? "sent" : "stored",
        "createdAt",
        entry.createTime().toString());
  }

  static Map<String, Object> company(Organization company) {
    return Json.object("id", company.id(), "name", company.name(), "code", company.slug());
  }

  static Map<String, Object> contact(Person person) {
    return Json.object(
        "id", person.id(),
        "company", person.organizationId(),
        "name", person.firstName() + " " + person.lastName(),
        "email", person.email(),
        "title", person.jobTitle());
  }

  /** An article in its current version. */
  public static Map<String, Object> article(Article article) {
    Map<String, Object> view =
        Json.object(
            "id", article.id(), "company", article.company(), "audience", article.audience());
    view.putAll(revision(article.current()));
    view.put("revisions", article.revisions().size());
    return view;
  }

  /** An article without what it says. */
  static Map<String, Object> heading(Article article) {
    Map<String, Object> view = article(article);
    view.remove("body");
    return view;
  }

  static Map<String, Object> revision(Article.Revision revision) {
    return Json.object(
        "version", revision.version(),
        "title", revision.title(),
        "body", revision.body(),
        "author", revision.author(),
        "state", "published",
        "updatedAt", revision.at().toString());
  }

  /** All that was sent to anybody. */
  public static List<Map<String, Object>> outbox(Estate estate) {
    return estate.tickets().all().stream()
        .flatMap(ticket -> ticket.entries().stream())
        .filter(entry -> entry.recipient() != null)
        .map(PsaViews::entry)
        .toList();
  }
}
