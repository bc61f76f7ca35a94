package dev.remit.web.people;

import dev.remit.core.call.Sha256;
import dev.remit.core.identity.Organisation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One-time codes for a key that nobody is there to answer for: the installation's first
 * administrator, and the first approver of a client.
 *
 * <p>Promises: a code exists for ten minutes, once, for one organisation, in a file that only the
 * owner of the data folder reads; the newest one alone counts; a wrong guess ends it. It lets
 * somebody who signed in register one key; whether the case is given, and that the key never
 * approves at the MSP, is {@code core/flow}'s to hold. Thread safe.
 */
public final class FirstKeys {

  /** How long a code counts. */
  public static final Duration LIFE = Duration.ofMinutes(10);

  private final Place place;
  private final Predicate<Organisation> isGiven;
  private final InstantSource clock;
  private final RandomGenerator random;
  private @Nullable Open open; // guarded by this

  /** Where the code is put, for the owner of the machine alone. */
  public interface Place {

    /** Writes the file with mode 0600 and answers its path. */
    String put(String text);

    /** Removes it, if it is there. */
    void clear();
  }

  private record Open(String digest, Organisation organisation, Instant end) {}

  /**
   * @param isGiven whether nobody of this organisation is there to answer for a key
   * @param random must be fit for secrets
   */
  public FirstKeys(
      Place place, Predicate<Organisation> isGiven, InstantSource clock, RandomGenerator random) {
    this.place = place;
    this.isGiven = isGiven;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Opens one, in place of any other; answers where the code is, never the code. Empty when
   * somebody is there to answer.
   */
  public synchronized Optional<String> open(Organisation organisation, PeopleSite site) {
    if (!isGiven.test(organisation)) {
      close();
      return Optional.empty();
    }
    var bytes = new byte[32];
    random.nextBytes(bytes);
    String code = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    var end = clock.instant().plus(LIFE);
    open = new Open(digest(code), organisation, end);
    String path =
        place.put(
            "Sign in at "
                + site.origin()
                + "/console/keys as a person of "
                + organisation.text()
                + " and give this code there, before "
                + end
                + ":\n"
                + code
                + "\n");
    return Optional.of(path);
  }

  /** Takes the code; whatever the answer, it is gone. */
  public synchronized boolean take(String code, Organisation organisation) {
    var known = open;
    close();
    return known != null
        && clock.instant().isBefore(known.end())
        && known.organisation().equals(organisation)
        && isGiven.test(organisation)
        && MessageDigest.isEqual(bytes(known.digest()), bytes(digest(code)));
  }

  /** For whom one is open just now. */
  public synchronized Optional<Organisation> openFor() {
    var known = open;
    if (known != null && !clock.instant().isBefore(known.end())) {
      close();
      return Optional.empty();
    }
    return Optional.ofNullable(known).map(Open::organisation);
  }

  /** Ends whatever is open. */
  public synchronized void close() {
    open = null;
    place.clear();
  }

  private static String digest(String code) {
    return Sha256.of(code.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
