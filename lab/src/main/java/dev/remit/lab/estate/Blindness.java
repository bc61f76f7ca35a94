package dev.remit.lab.estate;

import java.time.Instant;
import java.util.Set;

/**
 * A time in which monitors of one device tell nobody.
 *
 * @param kind `mute` or `maintenance`
 * @param monitors what goes blind
 * @param end it ends by itself
 */
public record Blindness(
    int id,
    int deviceId,
    String kind,
    Set<String> monitors,
    Instant start,
    Instant end,
    String reason,
    String by) {

  public Blindness {
    monitors = java.util.Collections.unmodifiableSet(new java.util.TreeSet<>(monitors));
  }

  /** `scheduled`, `active` or `over`. */
  public String stateAt(Instant now) {
    return now.isBefore(start) ? "scheduled" : now.isBefore(end) ? "active" : "over";
  }

  boolean isActiveAt(Instant now) {
    return !now.isBefore(start) && now.isBefore(end);
  }

  Blindness endedAt(Instant time) {
    Instant first = time.isBefore(start) ? start : time;
    return new Blindness(
        id, deviceId, kind, monitors, start, first.isBefore(end) ? first : end, reason, by);
  }
}
