package dev.remit.bench.log;

import dev.remit.bench.BenchException;
import dev.remit.bench.load.Load;
import dev.remit.bench.load.Samples;
import dev.remit.core.evidence.Entry;
import dev.remit.core.tenant.TenantId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Writes entries by many callers while the integrator runs as it does in the server, and counts an
 * entry only when it is durable and in its log with a signed checkpoint.
 */
final class Writing {

  /** As in the server. */
  private static final long PACE_NANOS = 250_000_000;

  private final LogEstate estate;
  private final Entries entries = new Entries();

  /** What one number of callers came to. */
  record Rate(double perSecond, double ackP50Millis) {}

  /** Ours beside the floor. */
  record Pair(Rate append, Rate plain) {}

  /** How long entries took into their logs, at the rate that was reached. */
  record Lag(double p50Millis, double p99Millis, double perSecond) {}

  Writing(LogEstate estate) {
    this.estate = estate;
  }

  /** Both sides take turns; the median of each counts. */
  Map<Integer, Pair> rates(PlainInsert plain, List<Integer> callers, int turns, double seconds) {
    var pairs = new LinkedHashMap<Integer, Pair>();
    for (int count : callers) {
      var ours = new ArrayList<Rate>();
      var floor = new ArrayList<Rate>();
      for (int turn = 0; turn < turns; turn++) {
        floor.add(turn(count, seconds, plain::append));
        ours.add(integrated(count, seconds));
      }
      pairs.put(count, new Pair(median(ours), median(floor)));
    }
    return pairs;
  }

  private static Rate median(List<Rate> rates) {
    return new Rate(
        Load.median(rates.stream().map(Rate::perSecond).toList()),
        Load.median(rates.stream().map(Rate::ackP50Millis).toList()));
  }

  private Rate integrated(int callers, double seconds) {
    long start = System.nanoTime();
    long before = entries();
    Rate written;
    try (var _ = new Integrating(estate, () -> {})) {
      written = turn(callers, seconds, estate.journal()::append);
    }
    estate.drain();
    double took = (System.nanoTime() - start) / 1e9;
    return new Rate((entries() - before) / took, written.ackP50Millis());
  }

  private long entries() {
    return LogEstate.TENANTS.stream().mapToLong(estate::signedSize).sum();
  }

  private Rate turn(int callers, double seconds, Consumer<Entry> write) {
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    var samples = new Samples();
    long written = 0;
    for (var each : run(callers, caller -> until(end, write))) {
      written += each.size();
      each.forEach(samples::add);
    }
    return new Rate(written / ((System.nanoTime() - start) / 1e9), samples.millis(0.5));
  }

  private List<Long> until(long end, Consumer<Entry> write) {
    var durations = new ArrayList<Long>();
    while (System.nanoTime() < end) {
      var entry = entries.next(anyTenant());
      long start = System.nanoTime();
      write.accept(entry);
      durations.add(System.nanoTime() - start);
    }
    return durations;
  }

  private static TenantId anyTenant() {
    return LogEstate.TENANTS.get(ThreadLocalRandom.current().nextInt(LogEstate.TENANTS.size()));
  }

  private interface Caller<T> {
    T call(int caller);
  }

  private static <T> List<T> run(int callers, Caller<T> caller) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<T>>();
      for (int i = 0; i < callers; i++) {
        int number = i;
        running.add(threads.submit(() -> caller.call(number)));
      }
      var all = new ArrayList<T>();
      for (var one : running) {
        all.add(one.get());
      }
      return all;
    } catch (Exception e) {
      throw BenchException.broken("writing broke off: " + e);
    }
  }

  /** From the acknowledgement of an entry to the commit that takes it into its log. */
  Lag lag(int callers, int perSecond, double seconds) {
    var waiting = new ConcurrentHashMap<TenantId, ConcurrentLinkedQueue<Long>>();
    LogEstate.TENANTS.forEach(tenant -> waiting.put(tenant, new ConcurrentLinkedQueue<>()));
    var sizes = new ConcurrentHashMap<TenantId, Long>();
    LogEstate.TENANTS.forEach(tenant -> sizes.put(tenant, estate.signedSize(tenant)));
    var lags = new Samples();
    Runnable afterRun = () -> taken(waiting, sizes, lags);
    var written = new AtomicLong();
    long start = System.nanoTime();
    double took;
    try (var _ = new Integrating(estate, afterRun)) {
      run(callers, caller -> paced(start, callers, perSecond, seconds, waiting, written));
      took = (System.nanoTime() - start) / 1e9;
    }
    return new Lag(lags.millis(0.5), lags.millis(0.99), written.get() / took);
  }

  private boolean paced(
      long start,
      int callers,
      int perSecond,
      double seconds,
      Map<TenantId, ConcurrentLinkedQueue<Long>> waiting,
      AtomicLong written) {
    long end = start + (long) (seconds * 1e9);
    long pause = callers * 1_000_000_000L / perSecond;
    for (long next = System.nanoTime(); next < end; next += pause) {
      LockSupport.parkNanos(next - System.nanoTime());
      var tenant = anyTenant();
      estate.journal().append(entries.next(tenant));
      java.util.Objects.requireNonNull(waiting.get(tenant)).add(System.nanoTime());
      written.incrementAndGet();
    }
    return true;
  }

  private void taken(
      Map<TenantId, ConcurrentLinkedQueue<Long>> waiting, Map<TenantId, Long> sizes, Samples lags) {
    long now = System.nanoTime();
    waiting.forEach((tenant, queue) -> {
      long size = estate.signedSize(tenant);
      long before = java.util.Objects.requireNonNull(sizes.put(tenant, size));
      for (long i = before; i < size; i++) {
        Long acknowledged = queue.poll();
        // one that is in the log before its caller heard of it waited for nothing
        lags.add(acknowledged == null ? 0 : now - acknowledged);
      }
    });
  }

  /** The integrator in a thread of its own, until closed. */
  private static final class Integrating implements AutoCloseable {
    private final AtomicBoolean isEnded = new AtomicBoolean();
    private final Thread thread;

    Integrating(LogEstate estate, Runnable afterRun) {
      this.thread =
          Thread.ofPlatform()
              .start(() -> {
                while (!isEnded.get()) {
                  do {
                    estate.integrator().runOnce();
                    afterRun.run();
                  } while (estate.integrator().hasMore());
                  LockSupport.parkNanos(PACE_NANOS);
                }
              });
    }

    @Override
    public void close() {
      isEnded.set(true);
      LockSupport.unpark(thread);
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
