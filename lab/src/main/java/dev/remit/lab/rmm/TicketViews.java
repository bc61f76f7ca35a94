package dev.remit.lab.rmm;

import dev.remit.lab.estate.Estate;
import dev.remit.lab.estate.Person;
import dev.remit.lab.estate.Ticket;
import dev.remit.lab.http.Json;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tickets and people in the words of NinjaOne's API. */
public final class TicketViews {
  /** Statuses by name; the place is the vendor's number in thousands. */
  static final List<String> STATUSES =
      List.of("NEW", "OPEN", "WAITING", "PAUSED", "RESOLVED", "CLOSED");

  private TicketViews() {}

  static Map<String, Object> status(String name) {
    int id = (STATUSES.indexOf(name) + 1) * 1000;
    return Json.object(
        "name", name,
        "displayName", name.charAt(0) + name.substring(1).toLowerCase(java.util.Locale.ROOT),
        "statusId", id);
  }

  /** `TicketDTO`. */
  public static Map<String, Object> ticket(Ticket ticket) {
    return Json.object(
        "id", ticket.id(),
        "version", ticket.version(),
        "nodeId", ticket.nodeId(),
        "clientId", ticket.clientId(),
        "requesterUid", text(ticket.requesterUid()),
        "subject", ticket.subject(),
        "status", status(ticket.status()),
        "type", ticket.type(),
        "priority", ticket.priority(),
        "severity", ticket.severity(),
        "ticketFormId", 1,
        "source", ticket.source(),
        "tags", List.of(),
        "createTime", Views.seconds(ticket.createTime()),
        "deleted", false);
  }

  private static @Nullable String text(@Nullable UUID uid) {
    return uid == null ? null : uid.toString();
  }

  /** `TicketLogEntryPublicApiDTO`. */
  static Map<String, Object> entry(Ticket.Entry entry, List<Person> people) {
    Person author =
        people.stream().filter(p -> p.uid().equals(entry.author())).findFirst().orElse(null);
    String automation = entry.automation();
    return Json.object(
        "id",
        entry.id(),
        "appUserContactUid",
        author == null ? null : author.uid().toString(),
        "appUserContactId",
        author == null ? null : author.id(),
        "appUserContactType",
        author == null ? null : author.kind().userType(),
        "type",
        entry.type(),
        "body",
        entry.body(),
        "publicEntry",
        entry.isPublic(),
        "system",
        automation != null,
        "createTime",
        Views.seconds(entry.createTime()),
        "automation",
        automation == null ? null : Json.object("name", automation, "system", true, "type", "API"));
  }

  /** A row of a board. */
  static Map<String, Object> row(Ticket ticket, Estate estate) {
    Map<String, Object> row = ticket(ticket);
    row.put("organization", estate.organization(ticket.clientId()).name());
    row.put("summary", ticket.subject());
    return row;
  }

  /** `AppUserAndContactPublicApiDTO`. */
  static Map<String, Object> user(Person person) {
    return Json.object(
        "uid", person.uid().toString(),
        "id", person.id(),
        "clientId", person.organizationId() == 0 ? null : person.organizationId(),
        "firstName", person.firstName(),
        "lastName", person.lastName(),
        "email", person.email(),
        "userType", person.kind().userType(),
        "naturalId", Integer.toString(person.id()));
  }

  /** `Contact`. */
  static Map<String, Object> contact(Person person) {
    return Json.object(
        "id", person.id(),
        "organizationId", person.organizationId(),
        "uid", person.uid().toString(),
        "firstName", person.firstName(),
        "lastName", person.lastName(),
        "email", person.email(),
        "phone", person.phone(),
        "jobTitle", person.jobTitle());
  }

  /** `ContactResponseDTO`. */
  static Map<String, Object> ticketingContact(Person person, String clientName) {
    Map<String, Object> view = contact(person);
    view.remove("organizationId");
    view.put("clientId", person.organizationId());
    view.put("clientName", clientName);
    view.put("displayName", person.firstName() + " " + person.lastName());
    return view;
  }
}
