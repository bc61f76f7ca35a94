package dev.remit.web.people;

import dev.remit.core.approval.Card;
import dev.remit.core.call.Sha256;
import dev.remit.core.identity.Grade;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonSessions;
import dev.remit.core.identity.PersonSessions.Kind;
import dev.remit.core.release.People;
import dev.remit.web.http.Cookie;
import dev.remit.web.http.Exchange;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * People's sessions: a random id of 256 bits in a cookie, its digest in the store.
 *
 * <p>Promises: an id is made here, at sign-in, and never taken from a request (no fixation); it
 * ends when idle, at its end, at sign-out, and when the issuer no longer vouches for the person's
 * organisation. A session reads; it answers and widens nothing without a signature.
 *
 * <p>The cookie is {@code __Host-remit}: this host only, {@code Secure}, out of scripts' reach,
 * sent along a link from elsewhere but never with a form or request of another site. Chromium and
 * Firefox keep it on {@code http://localhost} too.
 */
public final class Sessions {

  /** The cookie's name. */
  public static final String COOKIE = "__Host-remit";

  private static final Duration TOUCH = Duration.ofMinutes(1);
  private static final int ID_BYTES = 32;

  /** How long a command line stays signed in, in any case. */
  private static final Duration CLI = Duration.ofHours(1);

  /** How a token of a command line begins, so that scanners for secrets know one. */
  static final String CLI_PREFIX = "remit_cli_";

  private final PersonSessions store;
  private final Supplier<People> people;
  private final SessionTimes times;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param people the people of the policy version in force; what it throws refuses everybody
   * @param random must be fit for secrets
   */
  public Sessions(
      PersonSessions store,
      Supplier<People> people,
      SessionTimes times,
      InstantSource clock,
      RandomGenerator random) {
    this.store = store;
    this.people = people;
    this.times = times;
    this.clock = clock;
    this.random = random;
  }

  /** Begins a session and answers the {@code Set-Cookie} value that carries it. */
  public String begin(Person person, Optional<String> before) {
    before.ifPresent(id -> store.end(digest(id)));
    String id = fresh();
    var now = clock.instant();
    store.begin(
        new PersonSessions.Stored(
            digest(id),
            Kind.BROWSER,
            person,
            now,
            now.plus(times.idle()),
            now.plus(times.whole())));
    return Cookie.host(COOKIE, id, times.whole());
  }

  /** A secret of 256 bits. */
  String fresh() {
    var bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Begins a session of a command line with this token; says when it ends. */
  Instant beginCli(String token, Person person) {
    var now = clock.instant();
    var end = now.plus(CLI.compareTo(times.whole()) < 0 ? CLI : times.whole());
    store.begin(
        new PersonSessions.Stored(
            cliDigest(token), Kind.CLI, person, now, now.plus(times.idle()), end));
    return end;
  }

  /** The session of a command line's token, if it is one. */
  Optional<Session> ofCli(String token) {
    return token.startsWith(CLI_PREFIX)
        ? live(cliDigest(token), Kind.CLI)
            .map(stored -> new Session(stored.person(), Kind.CLI, "", stored.endsAt()))
        : Optional.empty();
  }

  /** Ends the session of a command line. */
  void endCli(String token) {
    store.end(cliDigest(token));
  }

  static String cliDigest(String token) {
    return Sha256.of(("remit-cli-session\n" + token).getBytes(StandardCharsets.UTF_8));
  }

  /** The session of this request, if there is one. */
  public Optional<Session> of(Exchange exchange) {
    return Cookie.of(exchange, COOKIE).flatMap(this::find);
  }

  /** Ends the session of this request and answers the {@code Set-Cookie} value that clears it. */
  public String end(Exchange exchange) {
    Cookie.of(exchange, COOKIE).ifPresent(id -> store.end(digest(id)));
    return Cookie.cleared(COOKIE);
  }

  /** Whether the issuer saw this person as short ago as it must for what cannot be taken back. */
  public boolean isFresh(Session session) {
    return clock.instant().isBefore(session.person().signedInAt().plus(times.stepUp()));
  }

  /** Whether granting this needs {@link #isFresh}: what cannot be taken back. */
  public static boolean wantsFresh(Card card) {
    return card.risk().equalsIgnoreCase(Grade.DESTRUCTIVE.name());
  }

  private Optional<Session> find(String id) {
    if (id.length() != 43) {
      return Optional.empty();
    }
    return live(digest(id), Kind.BROWSER)
        .map(stored -> new Session(stored.person(), Kind.BROWSER, csrf(id), stored.endsAt()));
  }

  private Optional<PersonSessions.Stored> live(String digest, Kind kind) {
    var now = clock.instant();
    var stored =
        store
            .find(digest, now)
            .filter(session -> session.isLiveAt(now))
            .filter(session -> session.kind() == kind);
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    var person = stored.get().person();
    var vouched = people.get().organisationOf(person.id().issuer());
    if (!vouched.equals(Optional.of(person.organisation()))) {
      store.end(digest);
      return Optional.empty();
    }
    touch(stored.get(), now);
    return stored;
  }

  private void touch(PersonSessions.Stored session, Instant now) {
    var idleAt = now.plus(times.idle());
    if (idleAt.isAfter(session.idleAt().plus(TOUCH))) {
      store.used(session.digest(), idleAt);
    }
  }

  private static String digest(String id) {
    return Sha256.of(("remit-session\n" + id).getBytes(StandardCharsets.US_ASCII));
  }

  /** Made from the id, so that no store holds it and nobody has it without the session. */
  private static String csrf(String id) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(id.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal("remit-csrf".getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform lacks HmacSHA256", e);
    }
  }
}
