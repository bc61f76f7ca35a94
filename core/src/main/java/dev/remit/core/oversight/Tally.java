package dev.remit.core.oversight;

import java.time.Instant;
import java.util.Optional;

/**
 * What the log says of a scope since its level last changed: the evidence for a promotion.
 *
 * @param done effects that happened, or may have
 * @param certified of those, how many an overseer found in order
 * @param objected how many one did not
 * @param unknown how many of which nobody knows whether they happened
 * @param refusals calls that were refused
 * @param loweredAt when the level last fell, ever
 */
public record Tally(
    AutonomyScope scope,
    long done,
    long certified,
    long objected,
    long unknown,
    long refusals,
    Optional<Instant> loweredAt) {

  /** Nothing was seen yet. */
  public static Tally none(AutonomyScope scope) {
    return new Tally(scope, 0, 0, 0, 0, 0, Optional.empty());
  }

  Tally withEffect(boolean isUnknown) {
    return new Tally(
        scope, done + 1, certified, objected, unknown + (isUnknown ? 1 : 0), refusals, loweredAt);
  }

  Tally withVerdict(boolean isObjection) {
    return new Tally(
        scope,
        done,
        certified + (isObjection ? 0 : 1),
        objected + (isObjection ? 1 : 0),
        unknown,
        refusals,
        loweredAt);
  }

  Tally withRefusal() {
    return new Tally(scope, done, certified, objected, unknown, refusals + 1, loweredAt);
  }

  /** A new level has its own record; only the last fall is remembered. */
  Tally atNewLevel(Optional<Instant> fall) {
    return new Tally(scope, 0, 0, 0, 0, 0, fall.isPresent() ? fall : loweredAt);
  }
}
