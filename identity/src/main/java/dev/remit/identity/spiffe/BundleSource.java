package dev.remit.identity.spiffe;

import java.time.Duration;

/** Where the bundle of one trust domain comes from. */
public interface BundleSource extends AutoCloseable {

  /** Reads it now, within bounded time and size; never throws for the world failing. */
  Fetched fetch();

  /** Whether a lower sequence than the last one is a fault, and not the owner's own doing. */
  default boolean isRemote() {
    return true;
  }

  /** How long it is left in peace after it answered with this bundle. */
  default Duration pause(Bundle bundle) {
    return bundle.refresh();
  }

  @Override
  default void close() {}

  /** The answer to {@link #fetch}. */
  sealed interface Fetched {}

  /** What the source holds now. */
  record Found(Bundle bundle) implements Fetched {}

  /** It could not be had, or is no bundle; {@code detail} is for operators. */
  record Away(String detail) implements Fetched {}
}
