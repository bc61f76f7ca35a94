package dev.remit.lab.estate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** How the PSA handles each ticket. Thread safe. */
public final class Desk {
  /** All queues. */
  public static final List<String> QUEUES =
      List.of("service-desk", "field", "projects", "security", "billing");

  private final Map<Integer, Handling> tickets = new TreeMap<>();

  synchronized void fill(Map<Integer, Handling> seeded) {
    tickets.clear();
    tickets.putAll(seeded);
  }

  public synchronized Handling get(int ticketId) {
    return tickets.getOrDefault(ticketId, Handling.USUAL);
  }

  public synchronized void change(int ticketId, UnaryOperator<Handling> change) {
    tickets.put(ticketId, change.apply(get(ticketId)));
  }
}
