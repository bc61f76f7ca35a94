package dev.remit.web.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A steady beat for what waits: it costs a request one entry in a set, and no timer of its own.
 *
 * <p>Owned by the server, one for both listeners. A {@link Beat} must return at once.
 */
public final class Pulse implements AutoCloseable {

  /** The time between two beats. */
  public static final Duration BEAT = Duration.ofMillis(250);

  private final Set<Beat> waiting = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("remit-pulse").factory());

  private Pulse() {}

  /** Starts beating. */
  public static Pulse start() {
    var pulse = new Pulse();
    var _ =
        pulse.timer.scheduleAtFixedRate(
            pulse::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    return pulse;
  }

  /** How many beats fit into a time, at least one. */
  public static int beats(Duration time) {
    return (int) Math.max(1, time.dividedBy(BEAT));
  }

  /** Beats for it from now on. */
  public void add(Beat beat) {
    waiting.add(beat);
  }

  /** Stops beating for it. */
  public void remove(Beat beat) {
    waiting.remove(beat);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void beat() {
    waiting.forEach(Beat::beat);
  }

  /** Something that waits. */
  public interface Beat {

    /** One more beat went by. */
    void beat();
  }
}
