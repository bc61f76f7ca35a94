package dev.remit.web.people;

import dev.remit.core.call.Sha256;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonSessions;
import dev.remit.core.identity.PersonSessions.NoOffer;
import dev.remit.core.identity.PersonSessions.Offer;
import dev.remit.core.identity.PersonSessions.Taken;
import dev.remit.core.identity.PersonSessions.TakenBefore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Signs a command line in for somebody who is signed in with a browser: a code by way of a port of
 * the person's own machine (RFC 8252, section 7.3), bound to a secret that the command line alone
 * has (PKCE with S256, RFC 7636).
 *
 * <p>Promises: a code serves once, for one minute, for the address it was made for; a code that
 * comes twice ends the session that began by it (RFC 6749, section 4.1.2); the browser's own
 * session never leaves the browser.
 */
public final class CliSignIn {

  private static final Duration LIFE = Duration.ofMinutes(1);
  private static final Pattern PORT = Pattern.compile("[1-9][0-9]{3,4}");
  private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final Pattern STATE = Pattern.compile("[A-Za-z0-9_-]{22,86}");
  private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

  private final PersonSessions store;
  private final Sessions sessions;
  private final InstantSource clock;

  CliSignIn(PersonSessions store, Sessions sessions, InstantSource clock) {
    this.store = store;
    this.sessions = sessions;
    this.clock = clock;
  }

  /**
   * What a command line asks for.
   *
   * @param port where it listens on the person's own machine; there is no other address
   * @param challenge the SHA-256 of its secret
   * @param state comes back to it with the code
   */
  public record Wish(String port, String challenge, String state) {

    /** A wish in its one form; empty for anything else. */
    public static Optional<Wish> of(String port, String challenge, String state) {
      boolean isWish =
          PORT.matcher(port).matches()
              && Integer.parseInt(port) <= 65_535
              && CHALLENGE.matcher(challenge).matches()
              && STATE.matcher(state).matches();
      return isWish ? Optional.of(new Wish(port, challenge, state)) : Optional.empty();
    }

    /** The origin that the browser is sent to. */
    public String origin() {
      return "http://127.0.0.1:" + port;
    }

    /** Where the browser takes the code. */
    public String redirect() {
      return origin() + "/callback";
    }
  }

  /** A command line that is signed in. */
  record SignedInCli(String token, Person person, Instant endsAt) {
    @Override
    public String toString() {
      return "SignedInCli[" + person.id() + "]";
    }
  }

  /** Makes a code for this person, and the address that takes it to the command line. */
  public String offer(Session session, Wish wish) {
    if (session.kind() != PersonSessions.Kind.BROWSER) {
      throw Rights.peopleOnly();
    }
    String code = sessions.fresh();
    store.offer(
        new Offer(
            codeDigest(code),
            session.person(),
            wish.challenge(),
            wish.redirect(),
            clock.instant().plus(LIFE)));
    return wish.redirect() + "?code=" + code + "&state=" + wish.state();
  }

  /** Takes the code for a session; empty when anything does not fit, and then the code is gone. */
  Optional<SignedInCli> redeem(String code, String verifier, String redirect) {
    String token = Sessions.CLI_PREFIX + sessions.fresh();
    return switch (store.take(codeDigest(code), Sessions.cliDigest(token), clock.instant())) {
      case Taken(Offer offer) when fits(offer, verifier, redirect) ->
          Optional.of(
              new SignedInCli(token, offer.person(), sessions.beginCli(token, offer.person())));
      case Taken ignored -> Optional.empty();
      case TakenBefore(String session) -> {
        store.end(session);
        yield Optional.empty();
      }
      case NoOffer() -> Optional.empty();
    };
  }

  private static boolean fits(Offer offer, String verifier, String redirect) {
    if (!VERIFIER.matcher(verifier).matches()) {
      return false;
    }
    byte[] hashed = Sha256.raw(verifier.getBytes(StandardCharsets.US_ASCII));
    String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(hashed);
    return MessageDigest.isEqual(
            challenge.getBytes(StandardCharsets.US_ASCII),
            offer.challenge().getBytes(StandardCharsets.US_ASCII))
        && offer.redirect().equals(redirect);
  }

  private static String codeDigest(String code) {
    return Sha256.of(("remit-cli-code\n" + code).getBytes(StandardCharsets.UTF_8));
  }
}
