package dev.remit.lab.estate;

import dev.remit.lab.http.Refusal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The tickets of all organisations. Thread safe. */
public final class Tickets {
  private final InstantSource clock;
  private final Map<Integer, Ticket> tickets = new TreeMap<>();
  private int nextId;
  private int nextEntry;

  public Tickets(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void fill(List<Ticket> seeded) {
    tickets.clear();
    seeded.forEach(ticket -> tickets.put(ticket.id(), ticket));
    nextId = 6000;
    nextEntry = 60000;
  }

  /** The ticket, or 404. */
  public synchronized Ticket get(int id) {
    Ticket ticket = tickets.get(id);
    if (ticket == null) {
      throw Refusal.notFound("no ticket `" + id + "`");
    }
    return ticket;
  }

  public synchronized List<Ticket> all() {
    return List.copyOf(tickets.values());
  }

  /** Opens a ticket; the draft's id, version, time and entries are replaced. */
  public synchronized Ticket open(
      Ticket draft, String words, @Nullable UUID author, @Nullable String automation) {
    Ticket.Entry first = entry("DESCRIPTION", words, true, author, automation, null);
    Ticket ticket =
        new Ticket(
            nextId++,
            1,
            draft.clientId(),
            draft.nodeId(),
            draft.requesterUid(),
            draft.subject(),
            draft.status(),
            draft.type(),
            draft.priority(),
            draft.severity(),
            draft.source(),
            clock.instant(),
            List.of(first));
    tickets.put(ticket.id(), ticket);
    return ticket;
  }

  /** Adds a comment. */
  public synchronized Ticket.Entry comment(
      int id, String words, boolean isPublic, String automation) {
    return add(id, entry("COMMENT", words, isPublic, null, automation, null));
  }

  /** Adds what is sent to somebody. */
  public synchronized Ticket.Entry reply(
      int id, String words, String recipient, String automation) {
    return add(id, entry("COMMENT", words, true, null, automation, recipient));
  }

  private Ticket.Entry add(int id, Ticket.Entry entry) {
    change(id, ticket -> ticket.with(entry));
    return entry;
  }

  public synchronized Ticket change(int id, UnaryOperator<Ticket> change) {
    Ticket next = change.apply(get(id));
    tickets.put(id, next);
    return next;
  }

  private Ticket.Entry entry(
      String type,
      String words,
      boolean isPublic,
      @Nullable UUID author,
      @Nullable String automation,
      @Nullable String recipient) {
    return new Ticket.Entry(
        nextEntry++, type, words, isPublic, author, automation, recipient, clock.instant());
  }
}
