package dev.remit.core.release;

import java.time.Duration;

/**
 * How executed effects are looked at afterwards.
 *
 * @param lowShare how many of a hundred effects of low risk are certified; 0 to 100
 * @param certifyWithin how long an overseer has for one
 * @param demoteAfter how long past that until the autonomy of what did it falls
 * @param certifyAgentsEvery how often owners say that their agents are still as they should be
 */
public record OversightTerms(
    int lowShare, Duration certifyWithin, Duration demoteAfter, Duration certifyAgentsEvery) {

  /** What holds where a workspace says nothing. */
  public static final OversightTerms DEFAULT =
      new OversightTerms(10, Duration.ofDays(3), Duration.ofDays(1), Duration.ofDays(90));

  public OversightTerms {
    if (lowShare < 0 || lowShare > 100 || certifyWithin.isNegative() || demoteAfter.isNegative()) {
      throw new IllegalArgumentException("a share of a hundred, and times that do not go back");
    }
    if (!certifyAgentsEvery.isPositive()) {
      throw new IllegalArgumentException("owners certify their agents after some time");
    }
  }
}
