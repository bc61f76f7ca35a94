package dev.remit.postgres;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * How far this process's clock is from the database's. It decides nothing: replicas compare
 * themselves with the one clock that they all can ask, and one that is off stops working.
 */
public final class DatabaseClock {

  private final Database database;
  private final InstantSource clock;
  private final LongSupplier nanos;

  /**
   * Compares with this clock.
   *
   * @param nanos a monotonic clock, for how long the question was on its way
   */
  public DatabaseClock(Database database, InstantSource clock, LongSupplier nanos) {
    this.database = database;
    this.clock = clock;
    this.nanos = nanos;
  }

  /**
   * What was measured.
   *
   * @param ahead of the database; negative when it is behind
   * @param uncertain how far that may be wrong, because the question took its time
   */
  public record Distance(Duration ahead, Duration uncertain) {

    /** Whether the clocks are certainly further apart than this. */
    public boolean isBeyond(Duration limit) {
      return ahead.abs().minus(uncertain).compareTo(limit) > 0;
    }
  }

  /** Asks once; throws {@link DatabaseUnavailableException} when nobody answers. */
  public Distance measure() {
    long began = nanos.getAsLong();
    Instant before = clock.instant();
    Instant theirs =
        database.row("select clock_timestamp() as at", Params.Binding.NONE, row -> row.at("at"));
    var half = Duration.ofNanos(nanos.getAsLong() - began).dividedBy(2);
    return new Distance(Duration.between(theirs, before.plus(half)), half);
  }
}
