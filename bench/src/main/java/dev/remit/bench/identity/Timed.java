package dev.remit.bench.identity;

import dev.remit.bench.BenchException;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/** Times one thing many times over, one at a time. */
final class Timed {

  private Timed() {}

  /** What is timed; it tells whether it came out as it must. */
  @FunctionalInterface
  interface Step {
    boolean run(int number) throws GeneralSecurityException;
  }

  /**
   * The median in microseconds of the later half; the earlier one warms up.
   *
   * @param times how often; each number is run once
   */
  static double median(int times, Step step) throws GeneralSecurityException {
    var nanos = new long[times];
    for (int i = 0; i < times; i++) {
      long begun = System.nanoTime();
      boolean isRight = step.run(i);
      nanos[i] = System.nanoTime() - begun;
      if (!isRight) {
        throw BenchException.broken("what is measured did not come out as it must");
      }
    }
    var later = Arrays.copyOfRange(nanos, times / 2, times);
    Arrays.sort(later);
    return later[later.length / 2] / 1e3;
  }
}
