package dev.remit.bench.load;

import dev.remit.bench.BenchException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes load. Sides take turns in short blocks, so that what else the machine does meets all of
 * them alike.
 */
public final class Load {

  private Load() {}

  /** Durations of single calls of one client at a time: so many rounds, a block of each side. */
  public static Map<String, Samples> alternate(Map<String, Side> sides, int rounds, int block) {
    var samples = new LinkedHashMap<String, Samples>();
    var timings = new ArrayList<Timing>();
    try {
      for (var side : sides.entrySet()) {
        var timing = new Timing(side.getValue().open(), new Samples());
        timings.add(timing);
        samples.put(side.getKey(), timing.samples());
      }
      for (int round = 0; round < rounds; round++) {
        for (var timing : timings) {
          timing.line().call(); // the first one after the others' turn finds cold caches
          timed(timing.line(), block, timing.samples());
        }
      }
      return samples;
    } catch (Exception e) {
      throw failed(e);
    } finally {
      timings.forEach(timing -> timing.line().close());
    }
  }

  private record Timing(Side.Line line, Samples samples) {}

  private static void timed(Side.Line line, int calls, Samples into) throws Exception {
    for (int i = 0; i < calls; i++) {
      long start = System.nanoTime();
      line.call();
      into.add(System.nanoTime() - start);
    }
  }

  /** Calls per second of so many clients; each side gets so many turns, and the median counts. */
  public static Map<String, Double> throughput(
      Map<String, Side> sides, int clients, int turns, Duration turn) {
    var rates = new LinkedHashMap<String, List<Double>>();
    for (int i = 0; i < turns; i++) {
      for (var side : sides.entrySet()) {
        rates
            .computeIfAbsent(side.getKey(), name -> new ArrayList<>())
            .add(perSecond(side.getValue(), clients, turn));
      }
    }
    var medians = new LinkedHashMap<String, Double>();
    rates.forEach((name, all) -> medians.put(name, median(all)));
    return medians;
  }

  /** Calls per second of so many clients over this time. */
  public static double perSecond(Side side, int clients, Duration time) {
    try (var threads = Executors.newFixedThreadPool(clients)) {
      var lines = new ArrayList<Side.Line>();
      try {
        for (int i = 0; i < clients; i++) {
          lines.add(side.open());
        }
        long start = System.nanoTime();
        long end = start + time.toNanos();
        var running = new ArrayList<Future<Integer>>();
        for (var line : lines) {
          running.add(threads.submit(until(end, line)));
        }
        long calls = 0;
        for (var one : running) {
          calls += one.get();
        }
        return calls / ((System.nanoTime() - start) / 1e9);
      } finally {
        lines.forEach(Side.Line::close);
      }
    } catch (ExecutionException e) {
      throw failed(e.getCause() instanceof Exception cause ? cause : e);
    } catch (Exception e) {
      throw failed(e);
    }
  }

  private static Callable<Integer> until(long end, Side.Line line) {
    return () -> {
      int calls = 0;
      while (System.nanoTime() < end) {
        line.call();
        calls++;
      }
      return calls;
    };
  }

  /** The middle one; of an even number the mean of the two in the middle. */
  public static double median(List<Double> values) {
    var sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private static BenchException failed(Exception cause) {
    if (cause instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return cause instanceof BenchException known
        ? known
        : BenchException.broken("the load broke off: " + cause);
  }
}
