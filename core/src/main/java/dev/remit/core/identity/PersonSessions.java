package dev.remit.core.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * The store of people's sessions. A session lets somebody read and be asked; it answers nothing.
 *
 * <p>The store holds a digest of what the browser holds, so that whoever reads the store has no
 * session by it.
 *
 * @see Person
 */
public interface PersonSessions {

  /** Stores a session that has begun. */
  void begin(Stored session);

  /** The session of this digest if it has neither ended nor been idle for too long. */
  Optional<Stored> find(String digest, Instant at);

  /** Says that it was used, so that it is idle only after {@code idleAt}. */
  void used(String digest, Instant idleAt);

  /** Ends one session; nothing happens when there is none. */
  void end(String digest);

  /** Ends all sessions of a person and says how many those were. */
  int endAll(PersonId person);

  /** Forgets what has ended; to be run now and then. */
  void sweep(Instant at);

  /**
   * A session.
   *
   * @param digest SHA-256 of the random id that the browser holds
   * @param idleAt when it ends unless it is used again
   * @param endsAt when it ends in any case
   */
  record Stored(String digest, Person person, Instant startedAt, Instant idleAt, Instant endsAt) {

    /** Whether it still stands. */
    public boolean isLiveAt(Instant instant) {
      return instant.isBefore(idleAt) && instant.isBefore(endsAt);
    }
  }
}
