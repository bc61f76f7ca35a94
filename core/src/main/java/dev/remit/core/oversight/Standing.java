package dev.remit.core.oversight;

import dev.remit.core.identity.AutonomyLevel;
import java.time.Instant;

/**
 * The stored level of one scope.
 *
 * @param revision counts its changes from 1 on; a change names the one that it follows
 * @param entry the id of the entry that tells of it
 * @param cause why it is at this level, such as {@code promotion} or {@code overdue}
 */
public record Standing(
    AutonomyScope scope,
    AutonomyLevel level,
    long revision,
    Instant since,
    String entry,
    String cause) {

  /** Of a row that does not hold: nothing goes alone. */
  public static Standing unreadable(AutonomyScope scope, long revision) {
    return new Standing(
        scope, AutonomyLevel.PROPOSE, revision, Instant.EPOCH, "", "the stored level is forged");
  }
}
