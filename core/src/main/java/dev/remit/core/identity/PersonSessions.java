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

  /** Stores what a command line may take once, with the secret that it alone has. */
  void offer(Offer offer);

  /**
   * Takes an offer, once for ever; {@code session} is the digest of the session that begins by it.
   */
  Taking take(String digest, String session, Instant at);

  /** Forgets what has ended; to be run now and then. */
  void sweep(Instant at);

  /**
   * A session.
   *
   * @param digest SHA-256 of the random id that the browser or the command line holds
   * @param kind what it was begun for; decides what it opens at all
   * @param idleAt when it ends unless it is used again
   * @param endsAt when it ends in any case
   */
  record Stored(
      String digest, Kind kind, Person person, Instant startedAt, Instant idleAt, Instant endsAt) {

    /** Whether it still stands. */
    public boolean isLiveAt(Instant instant) {
      return instant.isBefore(idleAt) && instant.isBefore(endsAt);
    }
  }

  /** What a session was begun for. */
  enum Kind {
    /** A browser, which holds it in a cookie. */
    BROWSER,
    /** A command line, which sends it as a bearer token. It answers and certifies nothing. */
    CLI
  }

  /**
   * What a signed-in person let a command line take (RFC 6749, section 4.1, as RFC 8252 has it for
   * programs on one's own machine).
   *
   * @param digest SHA-256 of the code
   * @param challenge what the verifier must hash to (RFC 7636, section 4.2)
   * @param redirect where the browser takes the code, exactly
   */
  record Offer(String digest, Person person, String challenge, String redirect, Instant endsAt) {}

  /** What became of an offer. */
  sealed interface Taking {}

  /** It is taken now. */
  record Taken(Offer offer) implements Taking {}

  /** It was taken before, by this session: somebody has the code twice. */
  record TakenBefore(String session) implements Taking {}

  /** There is none, or it is too late. */
  record NoOffer() implements Taking {}
}
