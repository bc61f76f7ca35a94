package dev.remit.testkit;

import java.util.HexFormat;
import java.util.Random;
import java.util.function.Supplier;

/** Names that look random and are the same in each run with the same seed; thread-safe. */
public final class SeededIds implements Supplier<String> {
  private final Random random;

  public SeededIds(long seed) {
    random = new Random(seed);
  }

  @Override
  public synchronized String get() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
