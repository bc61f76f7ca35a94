package dev.remit.core.secret;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * How often each caller came with a secret of late: nobody finds out by trying which texts are
 * secrets, nor fills the log with it.
 *
 * <p>At most {@value #AT_MOST} in ten minutes; then all of the caller's calls are refused, whatever
 * they hold, until the first is ten minutes old. Counted in this process. Thread-safe.
 */
public final class Tries {
  /** How many are looked at. */
  public static final int AT_MOST = 10;

  private static final Duration WINDOW = Duration.ofMinutes(10);

  private final Map<String, Deque<Instant>> tries = new HashMap<>(); // guarded by this

  /** Whether this caller tried too often. */
  public synchronized boolean isOver(String caller, Instant now) {
    forget(now);
    var of = tries.get(caller);
    return of != null && of.size() >= AT_MOST;
  }

  /** One more. */
  public synchronized void note(String caller, Instant now) {
    tries.computeIfAbsent(caller, name -> new ArrayDeque<>()).add(now);
  }

  private void forget(Instant now) {
    tries
        .values()
        .removeIf(of -> {
          of.removeIf(at -> !at.plus(WINDOW).isAfter(now));
          return of.isEmpty();
        });
  }
}
