package dev.remit.server.sink;

import dev.remit.core.evidence.SinkCursors;
import dev.remit.core.evidence.SinkCursors.Work;
import dev.remit.core.value.Value;
import dev.remit.evidence.OcsfStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * All sinks of this process, each in a thread of its own, so that none holds up another, nor the
 * log, which they only read. They send while this process has the turn.
 */
public final class Sinks implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Sinks.class.getName());
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final Duration LATE = Duration.ofMinutes(1);
  private static final Duration STOP = Duration.ofSeconds(2);

  private final List<Sink> sinks = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final InstantSource clock;
  private volatile boolean isClosed;

  public Sinks(
      List<SinkSettings> settings, SinkCursors cursors, OcsfStream log, InstantSource clock) {
    this(settings, cursors, log, clock, DEADLINE);
  }

  Sinks(
      List<SinkSettings> settings,
      SinkCursors cursors,
      OcsfStream log,
      InstantSource clock,
      Duration deadline) {
    this.clock = clock;
    for (var one : settings) {
      sinks.add(new Sink(one, cursors, log, deadline, clock));
    }
  }

  /** Begins; {@link #close} ends it. */
  public void start() {
    for (var sink : sinks) {
      threads.add(Thread.ofVirtual().name("sink " + sink.name()).start(() -> run(sink)));
    }
  }

  private void run(Sink sink) {
    boolean wasBroken = false;
    while (!isClosed && !Thread.currentThread().isInterrupted()) {
      try {
        sink.round();
        wasBroken = false;
      } catch (RuntimeException | Error e) {
        // The database may be away for a while.
        if (!wasBroken) {
          LOG.log(
              System.Logger.Level.WARNING,
              "sink `" + sink.name() + "` will be tried again: " + e.getMessage());
        }
        wasBroken = true;
      }
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /**
   * How far a sink is behind.
   *
   * @param entries that are in the log and were not acknowledged
   * @param seconds how old the oldest of them is
   */
  public record Lag(SinkState state, long entries, double seconds) {

    /** As the posture tells it: {@code well}, {@code behind} or {@code failing}. */
    Value.Obj view() {
      boolean isBehind = entries > 0 && seconds > LATE.toSeconds();
      String how = !state.failure().isEmpty() ? "failing" : isBehind ? "behind" : "well";
      var view =
          Value.object(
              "sink",
              state.name(),
              "state",
              how,
              "behindEntries",
              entries,
              "behindSeconds",
              (long) seconds);
      return state.failure().isEmpty() ? view : view.with("lastError", Value.of(state.failure()));
    }
  }

  /** How each stands, for the posture. */
  public Value posture() {
    return new Value.Array(lags().stream().<Value>map(Lag::view).toList());
  }

  /** How far each is behind, whichever replica sends. */
  public List<Lag> lags() {
    Instant now = clock.instant();
    return sinks.stream().map(sink -> lag(sink, now)).toList();
  }

  private static Lag lag(Sink sink, Instant now) {
    var due = sink.due();
    long entries = due.stream().mapToLong(work -> work.size() - work.next()).sum();
    double seconds =
        due.stream()
            .map(Work::since)
            .min(Instant::compareTo)
            .map(since -> Math.max(0, Duration.between(since, now).toMillis() / 1000.0))
            .orElse(0.0);
    return new Lag(sink.state(), entries, seconds);
  }

  @Override
  public void close() {
    isClosed = true;
    threads.forEach(Thread::interrupt);
    for (var thread : threads) {
      try {
        thread.join(STOP);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
