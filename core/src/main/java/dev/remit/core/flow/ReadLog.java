package dev.remit.core.flow;

import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Journal;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Who read what of whose evidence, as entries of that tenant's log.
 *
 * <p>Reading never waits for it and goes on while nothing can be stored; what was read is then
 * entered later. The first reading is entered within a round (a second), the same again once every
 * ten minutes with how often. What a process that dies had not entered yet is lost: at most a
 * round, and the repetitions.
 */
final class ReadLog {

  private static final Duration TOGETHER = Duration.ofMinutes(10);
  private static final int LIMIT_KEPT = 10_000;

  private final Journal journal;
  private final Entries entries;
  private final InstantSource clock;
  private final Map<Reading, Count> readings = new HashMap<>();

  ReadLog(Journal journal, Entries entries, InstantSource clock) {
    this.journal = journal;
    this.entries = entries;
    this.clock = clock;
  }

  private record Reading(TenantId tenant, String by, String what, String about) {}

  /** How often since it was entered last, or first of all when {@code entered} is the epoch. */
  private record Count(long times, Instant since, Instant entered) {}

  /** Somebody read this; it is counted, and nothing is stored yet. */
  void read(TenantId tenant, String by, Oversight.What what, String about) {
    var now = clock.instant();
    synchronized (readings) {
      var reading = new Reading(tenant, by, what.text(), about);
      if (readings.size() >= LIMIT_KEPT && !readings.containsKey(reading)) {
        reading = new Reading(tenant, "many", what.text(), "");
      }
      readings.merge(
          reading,
          new Count(1, now, Instant.EPOCH),
          (old, one) ->
              new Count(old.times() + 1, old.times() == 0 ? now : old.since(), old.entered()));
    }
  }

  /** Enters what is due; what cannot be entered now is due again. */
  void round() {
    enter(false);
  }

  /** Enters everything: the server stops. */
  void end() {
    enter(true);
  }

  private void enter(boolean isLast) {
    Map<Reading, Count> due = new HashMap<>();
    var now = clock.instant();
    synchronized (readings) {
      readings.values().removeIf(c -> c.times() == 0 && !isFresh(c, now));
      readings.forEach((reading, count) -> {
        if (count.times() > 0 && (isLast || !isFresh(count, now))) {
          due.put(reading, count);
        }
      });
    }
    due.forEach((reading, count) -> {
      journal.append(
          entries.of(
              Entry.Kind.READ,
              reading.tenant(),
              now,
              Value.object(
                  "by", reading.by(),
                  "what", reading.what(),
                  "about", reading.about(),
                  "times", count.times(),
                  "since", count.since().toString())));
      synchronized (readings) {
        readings.computeIfPresent(
            reading, (_, c) -> new Count(c.times() - count.times(), now, now));
      }
    });
  }

  private static boolean isFresh(Count count, Instant now) {
    return now.isBefore(count.entered().plus(TOGETHER));
  }
}
