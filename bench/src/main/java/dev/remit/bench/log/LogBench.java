package dev.remit.bench.log;

import dev.remit.bench.BenchException;
import java.io.IOException;
import java.nio.file.Files;
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
  private static final long HASHED = 500_000;

  /** With its indexes, its leaf, and what the database writes beside it for a while. */
  private static final long BYTES_OF_AN_ENTRY = 3_000;

  private final Path folder;
  private final long large;
  private final Consumer<String> progress;

  /**
   * @param folder for the database and the pack; what an earlier run left is removed
   * @param large of how many entries the log is that receipts are taken from, beside the export of
   *     a million as it is; 0: both of a small one
   */
  public LogBench(Path folder, long large, Consumer<String> progress) {
    this.folder = folder;
    this.large = large;
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
    long exported = large > 0 ? EXPORTED : SMALL;
    var pack = folder.resolve("large.jsonl");
    progress.accept("reading: one log of " + exported + " entries");
    var reading = new Reading(estate, "large", exported, progress);
    double integrated = reading.fill();
    var receipts = reading.receipts();
    double export = reading.export(pack);
    progress.accept("checking: the pack of it");
    reading.check(pack);
    var full = reading.check(pack);
    var small =
        new LogFigures(
            written,
            new LogFigures.Read(hashes, full, receipts, exported, export, exported, integrated));
    return large > 0 ? withLarge(small) : small;
  }

  /** On a database of its own, which an interrupted run leaves for the next one. */
  private LogFigures withLarge(LogFigures small) {
    var own = folder.resolveSibling(folder.getFileName() + "-large");
    progress.accept("reading: one log of " + large + " entries, in `" + own + "`");
    requireSpace(own);
    try (var estate = LogEstate.onKept(own)) {
      var largest = new Reading(estate, "largest", large, progress);
      double integrated = largest.fill();
      return small.withReceipts(largest.receipts(), large, integrated);
    }
  }

  private void requireSpace(Path own) {
    try {
      Files.createDirectories(own);
      long free = Files.getFileStore(own).getUsableSpace();
      if (!Files.exists(own.resolve("log.key")) && free < large * BYTES_OF_AN_ENTRY) {
        throw BenchException.broken(
            "a log of "
                + large
                + " entries takes about "
                + large * BYTES_OF_AN_ENTRY / 1_000_000_000
                + " GB, and "
                + free / 1_000_000_000
                + " GB are free: give `--full=` fewer");
      }
    } catch (IOException e) {
      throw BenchException.broken("cannot use `" + own + "`");
    }
  }
}
