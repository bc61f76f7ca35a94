package dev.remit.lab.estate;

import java.time.Instant;
import java.util.Optional;

/**
 * A part of a company's devices that is patched together.
 *
 * @param id `{organization}-{name}`
 * @param place 0 for the first one
 * @param done when all its devices had what is approved
 * @param failures installations that failed since the last good end
 * @param version grows with every change
 */
public record Ring(
    String id,
    int organizationId,
    String name,
    int share,
    int place,
    Optional<Instant> done,
    int failures,
    int version) {
  /** So many failures stop an installation, and further ones. */
  public static final int FAILURE_LIMIT = 2;

  Ring doneAt(Instant time) {
    return new Ring(id, organizationId, name, share, place, Optional.of(time), 0, version + 1);
  }

  Ring failed(int more) {
    return new Ring(id, organizationId, name, share, place, done, failures + more, version + 1);
  }

  /** Whether the limit is reached. */
  public boolean isStopped() {
    return failures >= FAILURE_LIMIT;
  }
}
