package dev.remit.core.kill;

import dev.remit.core.evidence.Entry;
import java.time.Instant;
import java.util.List;

/**
 * A stop that is wanted: what it covers, what becomes of the work under it, and who says so.
 *
 * @param entry what the log says that the stop belongs to
 * @param told the same for the log of each tenant that the stop may touch, one entry a tenant; of
 *     an instance only tenants in which it has tasks are told
 */
public record KillOrder(
    KillScope scope,
    Mode mode,
    String by,
    String reason,
    Instant at,
    Entry entry,
    List<Entry> told) {

  /** What becomes of the tasks under a stop; no intent under it commits in either case. */
  public enum Mode {
    /** They end. */
    KILL,
    /** They stay, and go on when it is lifted. */
    HOLD;

    /** The form in entries and on the wire. */
    public String text() {
      return this == KILL ? "kill" : "hold";
    }
  }

  public KillOrder {
    told = List.copyOf(told);
  }

  /** A kill that one log is told of. */
  public static KillOrder kill(KillScope scope, String by, String reason, Instant at, Entry entry) {
    return new KillOrder(scope, Mode.KILL, by, reason, at, entry, List.of());
  }
}
