package dev.remit.lab.estate;

import java.util.Arrays;
import java.util.Optional;

/** The PSA's priorities; the RMM shows the same as priority and severity. */
public enum TicketPriority {
  P1("HIGH", "CRITICAL"),
  P2("HIGH", "MAJOR"),
  P3("MEDIUM", "MODERATE"),
  P4("LOW", "MINOR");

  private final String priority;
  private final String severity;

  TicketPriority(String priority, String severity) {
    this.priority = priority;
    this.severity = severity;
  }

  public static Optional<TicketPriority> byName(String name) {
    return Arrays.stream(values()).filter(one -> one.name().equals(name)).findFirst();
  }

  /** What a ticket has; the lowest for words of the RMM's that mean nothing here. */
  public static TicketPriority of(Ticket ticket) {
    return Arrays.stream(values())
        .filter(one -> one.priority.equals(ticket.priority()))
        .filter(one -> one != P1 || ticket.severity().equals(P1.severity))
        .findFirst()
        .orElse(P4);
  }

  /** The ticket with this priority. */
  public Ticket on(Ticket ticket) {
    return ticket.ranked(priority, severity);
  }
}
