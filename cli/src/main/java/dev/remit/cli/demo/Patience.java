package dev.remit.cli.demo;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Looks again until it is so, for ten seconds at most; the last look is the answer. */
final class Patience {

  private static final Duration STEP = Duration.ofMillis(100);
  private static final int LOOKS = 100;

  private Patience() {}

  static <T> T until(Supplier<T> look, Predicate<T> isSo) {
    T seen = look.get();
    for (int i = 1; i < LOOKS && !isSo.test(seen); i++) {
      try {
        Thread.sleep(STEP);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return seen;
      }
      seen = look.get();
    }
    return seen;
  }
}
