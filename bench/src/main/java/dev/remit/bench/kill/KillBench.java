package dev.remit.bench.kill;

import dev.remit.bench.BenchException;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.CallLedger.Admitted;
import dev.remit.core.evidence.CallLedger.Refused;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Kills ordered at one replica while calls come at the other, with load on both at half of what
 * they carry. Two things are looked at: how long after the kill's commit the other replica refuses
 * first, and that no intent under it was added after the commit.
 */
public final class KillBench {

  private static final int KILLS = 1_000;
  private static final int CALLERS = 16;
  private static final Duration WARM_UP = Duration.ofSeconds(2);
  private static final Duration MEASURED = Duration.ofSeconds(4);

  private final Path folder;
  private final Consumer<String> log;

  public KillBench(Path folder, Consumer<String> log) {
    this.folder = folder;
    this.log = log;
  }

  /** Measures; fails when an intent was added after a kill under which it stands. */
  public KillFigures run() {
    log.accept("starting PostgreSQL");
    try (var estate = new KillEstate(folder)) {
      load(estate, 0, WARM_UP);
      double most = load(estate, 0, MEASURED);
      log.accept("both replicas carry " + Math.round(most) + " calls a second");
      var isOver = new AtomicBoolean();
      var pace = new AtomicLong();
      var load =
          Thread.ofPlatform()
              .start(() -> {
                while (!isOver.get()) {
                  pace.set(Math.round(load(estate, most / 2, Duration.ofSeconds(1))));
                }
              });
      try {
        return kills(estate, most, pace);
      } finally {
        isOver.set(true);
        join(load);
      }
    }
  }

  private KillFigures kills(KillEstate estate, double most, AtomicLong pace) {
    var millis = new double[KILLS];
    var waits = new double[KILLS];
    double paces = 0;
    for (int i = 0; i < KILLS; i++) {
      var one = kill(estate, "instance:bench-" + i);
      millis[i] = one.refusedAfter() / 1e6;
      waits[i] = one.orderTook() / 1e6;
      paces += pace.get();
      if (i % 250 == 249) {
        log.accept((i + 1) + " kills");
      }
    }
    Arrays.sort(millis);
    Arrays.sort(waits);
    return new KillFigures(
        KILLS,
        Arrays.stream(millis).boxed().toList(),
        Arrays.stream(waits).boxed().toList(),
        most,
        paces / KILLS);
  }

  /** In nanoseconds. */
  private record Killed(long refusedAfter, long orderTook) {}

  /** One agent instance at the second replica, killed at the first. */
  private static Killed kill(KillEstate estate, String scope) {
    var begun = new CountDownLatch(20);
    var refusedAt = new AtomicLong();
    var calls = new ArrayList<String>();
    var caller =
        Thread.ofPlatform()
            .start(() -> refusedAt.set(callUntilRefused(estate, scope, begun, calls)));
    await(begun);
    long asked = System.nanoTime();
    estate.one.kills().order(estate.kill(scope));
    long committed = System.nanoTime();
    List<String> known;
    synchronized (calls) {
      known = List.copyOf(calls);
    }
    long before = estate.intents(known);
    join(caller);
    var all = List.copyOf(calls);
    long late = estate.intents(all.subList(known.size(), all.size()));
    if (late != 0 || estate.intents(known) != before) {
      throw BenchException.broken("an intent was added after the kill of " + scope);
    }
    return new Killed(Math.max(0, refusedAt.get() - committed), committed - asked);
  }

  private static long callUntilRefused(
      KillEstate estate, String scope, CountDownLatch begun, List<String> calls) {
    while (true) {
      var intent = estate.intent(scope);
      synchronized (calls) {
        calls.add(intent.call().value());
      }
      var answer = estate.two.ledger().admit(intent);
      begun.countDown();
      if (answer instanceof Refused(ReasonCode reason)) {
        if (reason != ReasonCode.KILLED) {
          throw BenchException.broken("refused for another reason: " + reason.code());
        }
        return System.nanoTime();
      }
      estate.two.ledger().settle(estate.settlement(intent));
    }
  }

  /** Calls by both replicas; 0 is as many as they carry. The answer is calls a second. */
  private static double load(KillEstate estate, double perSecond, Duration during) {
    long until = System.nanoTime() + during.toNanos();
    long pause = perSecond == 0 ? 0 : Math.round(CALLERS * 1e9 / perSecond);
    var done = new AtomicLong();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CALLERS; i++) {
        var ledger = (i % 2 == 0 ? estate.one : estate.two).ledger();
        long first = System.nanoTime() + pause * i / CALLERS;
        threads.execute(() -> {
          for (long next = first; System.nanoTime() < until; next += pause) {
            LockSupport.parkNanos(next - System.nanoTime());
            var intent = estate.intent("instance:load");
            if (ledger.admit(intent) instanceof Admitted) {
              ledger.settle(estate.settlement(intent));
              done.incrementAndGet();
            }
          }
        });
      }
    }
    return done.get() / (during.toNanos() / 1e9);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
