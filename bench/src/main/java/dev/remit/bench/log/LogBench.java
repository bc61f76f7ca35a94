package dev.remit.bench.log;

import dev.remit.bench.BenchException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Evidence of a hundred tenants: written beside a plain insert of the same bytes, taken into the
 * logs, proven, taken away and checked.
 */
public final class LogBench {

  private static final List<Integer> CALLERS = List.of(1, 16, 64, 256);
  private static final int TURNS = 3;
  private static final double TURN_SECONDS = 2.5;
  private static final int LAG_RATE = 10_000;
  private static final int LAG_CALLERS = 64;
  private static final double LAG_SECONDS = 8;
  private static final long SMALL = 200_000;
  private static final long EXPORTED = 1_000_000;
  private static final long LARGE = 10_000_000;
  private static final long HASHED = 500_000;

  private final Path folder;
  private final boolean isFull;
  private final Consumer<String> progress;

  /**
   * @param folder for the database and the pack; what an earlier run left is removed
   * @param isFull receipts at ten million entries, and the export of a million as it is
   */
  public LogBench(Path folder, boolean isFull, Consumer<String> progress) {
    this.folder = folder;
    this.isFull = isFull;
    this.progress = progress;
  }

  /** Runs it. */
  public LogFigures run() {
    double hashes = hashes();
    try (var estate = new LogEstate(folder)) {
      var writing = new Writing(estate);
      progress.accept("writing: " + CALLERS + " callers, ours and the plain insert in turns");
      var rates = rates(estate, writing);
      progress.accept("lag: " + LAG_RATE + " entries/s asked for");
      var lag = writing.lag(LAG_CALLERS, LAG_RATE, LAG_SECONDS);
      return read(estate, new LogFigures.Written(rates, lag), hashes);
    }
  }

  private static double hashes() {
    Reading.hashes(HASHED);
    return Reading.hashes(HASHED);
  }

  private static java.util.Map<Integer, Writing.Pair> rates(LogEstate estate, Writing writing) {
    try (var plain = new PlainInsert(estate)) {
      writing.rates(plain, List.of(16), 1, 2); // warm
      return writing.rates(plain, CALLERS, TURNS, TURN_SECONDS);
    } catch (SQLException e) {
      throw BenchException.broken("the database refused the benchmark: " + e.getMessage());
    }
  }

  private LogFigures read(LogEstate estate, LogFigures.Written written, double hashes) {
    long exported = isFull ? EXPORTED : SMALL;
    var pack = folder.resolve("large.jsonl");
    progress.accept("reading: one log of " + exported + " entries");
    var reading = new Reading(estate, "large", exported);
    double integrated = reading.fill();
    var receipts = reading.receipts();
    double export = reading.export(pack);
    progress.accept("checking: the pack of it");
    reading.check(pack);
    var full = reading.check(pack);
    long proven = exported;
    if (isFull) {
      progress.accept("reading: one log of " + LARGE + " entries");
      var largest = new Reading(estate, "largest", LARGE);
      integrated = largest.fill();
      receipts = largest.receipts();
      proven = LARGE;
    }
    return new LogFigures(
        written, new LogFigures.Read(hashes, full, receipts, proven, export, exported, integrated));
  }
}
