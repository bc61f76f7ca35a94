package dev.remit.bench.load;

import java.util.Arrays;

/** Durations of single calls. */
public final class Samples {

  private long[] nanos = new long[1_024];
  private int count;

  /** One more. */
  public void add(long duration) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = duration;
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /** The duration in milliseconds that this share of the calls did not exceed (nearest rank). */
  public double millis(double share) {
    if (count == 0) {
      throw new IllegalStateException("nothing was measured");
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(share * count);
    return sorted[Math.max(0, rank - 1)] / 1e6;
  }
}
