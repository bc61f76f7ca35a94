package dev.remit.core.tenant;

import dev.remit.core.value.InvalidValueException;
import java.time.Duration;
import java.util.Optional;

/**
 * How long what a tenant's log says beside its leaves is kept.
 *
 * @param bodies after which bodies of entries are erased; absent means never
 */
public record Retention(Optional<Duration> bodies) {

  /** Approvals, tasks and certifications end long before. */
  public static final Duration SHORTEST = Duration.ofDays(60);

  /** Everything is kept. */
  public static final Retention FOR_EVER = new Retention(Optional.empty());

  public Retention {
    if (bodies.filter(keep -> keep.compareTo(SHORTEST) < 0).isPresent()) {
      throw new InvalidValueException(
          "bodies are kept for at least " + SHORTEST.toDays() + " days");
    }
  }
}
