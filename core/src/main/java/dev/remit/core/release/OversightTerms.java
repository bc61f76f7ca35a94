package dev.remit.core.release;

import java.time.Duration;

/**
 * How executed effects are looked at afterwards.
 *
 * @param lowShare how many of a hundred effects of low risk are certified; 0 to 100
 * @param certifyWithin how long an overseer has for one
 * @param demoteAfter how long past that until the autonomy of what did it falls
 */
public record OversightTerms(int lowShare, Duration certifyWithin, Duration demoteAfter) {

  /** What holds where a workspace says nothing. */
  public static final OversightTerms DEFAULT =
      new OversightTerms(10, Duration.ofDays(3), Duration.ofDays(1));

  public OversightTerms {
    if (lowShare < 0 || lowShare > 100 || certifyWithin.isNegative() || demoteAfter.isNegative()) {
      throw new IllegalArgumentException("a share of a hundred, and times that do not go back");
    }
  }
}
