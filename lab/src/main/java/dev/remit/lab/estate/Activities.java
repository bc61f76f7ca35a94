package dev.remit.lab.estate;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The vendor's log of acts, in the order in which they happened. Thread safe. */
public final class Activities {
  private final InstantSource clock;
  private final List<Activity> lines = new ArrayList<>();
  private long lastId;

  public Activities(InstantSource clock) {
    this.clock = clock;
  }

  /** Appends a line. */
  public synchronized void write(
      int deviceId,
      String type,
      String code,
      String subject,
      String message,
      String series,
      Actor by) {
    lines.add(
        new Activity(
            ++lastId, clock.instant(), deviceId, type, code, subject, message, series, by));
  }

  public synchronized List<Activity> all() {
    return List.copyOf(lines);
  }

  synchronized void clear() {
    lines.clear();
    lastId = 0;
  }
}
