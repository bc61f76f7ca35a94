package dev.remit.core.identity;

import java.time.Instant;
import java.util.List;

/**
 * The keys that sign task tokens, stored for all replicas. What is secret of them is sealed before
 * it comes here.
 */
public interface TokenKeys {

  /** All that are stored, the oldest first. */
  List<Stored> all();

  /**
   * Stores a key, unless one is stored whose time to sign ends after {@code after}: of two replicas
   * that make a key at once, one does. Whoever asks reads {@link #all} again.
   */
  void add(Stored key, Instant after);

  /** Forgets keys that no living token is signed with. */
  void sweep(Instant deadBefore);

  /**
   * One key.
   *
   * @param sealed the whole key, sealed under its name, in base64
   * @param signsFrom from when on it signs; verifiers know it before
   * @param signsUntil from when on the next one signs
   * @param verifiesUntil when the last token of it is dead
   */
  record Stored(
      String id, String sealed, Instant signsFrom, Instant signsUntil, Instant verifiesUntil) {
    @Override
    public String toString() {
      return "Stored[" + id + "]";
    }
  }
}
