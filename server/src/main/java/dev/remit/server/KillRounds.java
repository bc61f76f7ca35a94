package dev.remit.server;

import java.time.Duration;

/**
 * Looks for stops that other replicas ordered: at a steady pace, and at once when one is heard of.
 *
 * <p>Promise: where every signal is lost, a running call under a stop is cut within {@link #PAUSE}
 * and the round that follows it.
 */
final class KillRounds {

  static final Duration PAUSE = Duration.ofMillis(500);

  private static final System.Logger LOG = System.getLogger("dev.remit.server");

  private KillRounds() {}

  /** Starts them; they end with the timers. The answer brings the next one forward. */
  static Runnable start(Timers timers, Runnable look) {
    timers.every("stops", PAUSE, look);
    return () -> Thread.ofVirtual().name("stop").start(() -> once(look));
  }

  private static void once(Runnable look) {
    try {
      look.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "stops are looked for again: " + e.getMessage());
    }
  }
}
