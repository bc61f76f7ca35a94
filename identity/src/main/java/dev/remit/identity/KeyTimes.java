package dev.remit.identity;

import dev.remit.core.value.InvalidValueException;
import java.time.Duration;

/**
 * How long an issuer's keys are relied upon.
 *
 * @param fresh after this they are read again on the next use
 * @param kept how long the last good keys serve while the issuer is away; then nobody is proven
 * @param between the least time between two readings, whatever kids callers make up
 */
public record KeyTimes(Duration fresh, Duration kept, Duration between) {

  /** Five minutes, one hour, ten seconds. */
  public static final KeyTimes DEFAULT =
      new KeyTimes(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofSeconds(10));

  public KeyTimes {
    if (!between.isPositive() || !fresh.isPositive() || kept.compareTo(fresh) < 0) {
      throw new InvalidValueException("times of keys must be positive and kept at least as fresh");
    }
  }
}
