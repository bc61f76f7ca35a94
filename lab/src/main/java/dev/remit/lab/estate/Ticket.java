package dev.remit.lab.estate;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A ticket.
 *
 * @param nodeId the device it is about, or null
 * @param requesterUid the person who asks, or null when no person does
 * @param source NinjaOne's word for the way it came: EMAIL, END_USER, CONDITION, ...
 */
public record Ticket(
    int id,
    int version,
    int clientId,
    @Nullable Integer nodeId,
    @Nullable UUID requesterUid,
    String subject,
    String status,
    String type,
    String priority,
    String severity,
    String source,
    Instant createTime,
    List<Entry> entries) {

  /**
   * A line of the ticket's log.
   *
   * @param author the person who wrote it, or null
   * @param automation the OAuth client or monitor that wrote it, or null
   * @param recipient the address it was sent to, or null
   */
  public record Entry(
      int id,
      String type,
      String body,
      boolean isPublic,
      @Nullable UUID author,
      @Nullable String automation,
      @Nullable String recipient,
      Instant createTime) {}

  /** One more entry, one version later. */
  public Ticket with(Entry entry) {
    List<Entry> more = new java.util.ArrayList<>(entries);
    more.add(entry);
    return new Ticket(
        id,
        version + 1,
        clientId,
        nodeId,
        requesterUid,
        subject,
        status,
        type,
        priority,
        severity,
        source,
        createTime,
        List.copyOf(more));
  }

  /** Another status, one version later. */
  public Ticket in(String otherStatus) {
    return new Ticket(
        id,
        version + 1,
        clientId,
        nodeId,
        requesterUid,
        subject,
        otherStatus,
        type,
        priority,
        severity,
        source,
        createTime,
        entries);
  }

  /** Another priority and severity, one version later. */
  public Ticket ranked(String otherPriority, String otherSeverity) {
    return new Ticket(
        id,
        version + 1,
        clientId,
        nodeId,
        requesterUid,
        subject,
        status,
        type,
        otherPriority,
        otherSeverity,
        source,
        createTime,
        entries);
  }

  /** Another company, one version later. */
  public Ticket of(int otherClient) {
    return new Ticket(
        id,
        version + 1,
        otherClient,
        nodeId,
        requesterUid,
        subject,
        status,
        type,
        priority,
        severity,
        source,
        createTime,
        entries);
  }

  /** The same, one version later. */
  public Ticket touched() {
    return ranked(priority, severity);
  }
}
