package dev.remit.e2e;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions, with a deadline. The only place of these tests that sleeps. */
final class Eventually {

  private static final Duration STEP = Duration.ofMillis(40);

  /** How much longer than on a quiet machine things may take; what holds sooner ends the wait. */
  private static final int PATIENCE = 4;

  private Eventually() {}

  /**
   * Waits until it holds; fails with {@code what} when four times this time is over. How soon
   * things happen is measured by {@code bench/}.
   */
  static void holds(String what, Duration atMost, BooleanSupplier condition) {
    is(what, atMost, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /** Waits until there is something. */
  static <T> T is(String what, Duration atMost, Supplier<Optional<T>> source) {
    long end = System.nanoTime() + patiently(atMost).toNanos();
    while (true) {
      var found = source.get();
      if (found.isPresent()) {
        return found.get();
      }
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within " + patiently(atMost).toSeconds() + " s: " + what);
      }
      pause();
    }
  }

  /** What a loaded machine may need for what takes this long at most on a quiet one. */
  static Duration patiently(Duration atMost) {
    return atMost.multipliedBy(PATIENCE);
  }

  /** Looks all the time and fails as soon as it does not hold. */
  static void staysSo(String what, Duration during, BooleanSupplier condition) {
    long end = System.nanoTime() + during.toNanos();
    while (System.nanoTime() - end < 0) {
      if (!condition.getAsBoolean()) {
        throw new AssertionError("no longer so: " + what);
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(STEP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
