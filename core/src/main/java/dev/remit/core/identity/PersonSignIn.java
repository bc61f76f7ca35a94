package dev.remit.core.identity;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Signing people in at their own issuers: OpenID Connect by authorization code with PKCE (RFC 7636,
 * RFC 9700).
 *
 * <p>Whoever calls keeps the secrets of one attempt with one browser; this port knows the issuers
 * and believes only what they signed. Nothing here throws for what an issuer or a browser sent.
 */
public interface PersonSignIn {

  /** The issuers that people may choose from, by name. */
  List<String> issuers();

  /** Where to send the browser. */
  Begun begin(Attempt attempt);

  /** Redeems what the issuer sent back with the browser. */
  Completed complete(Attempt attempt, Returned returned);

  /**
   * One attempt of one browser.
   *
   * @param issuer its name
   * @param redirectUri where the issuer sends the browser back, exactly
   * @param state comes back with the browser
   * @param nonce comes back inside the id token
   * @param verifier the secret whose SHA-256 the issuer is shown first (RFC 7636, section 4.1)
   * @param freshWithin when the person has to show themselves again, as short ago as this
   */
  record Attempt(
      String issuer,
      String redirectUri,
      String state,
      String nonce,
      String verifier,
      Optional<Duration> freshWithin) {
    @Override
    public String toString() {
      return "Attempt[" + issuer + "]";
    }
  }

  /**
   * What came back.
   *
   * @param code the authorization code
   * @param iss the issuer that says it sent it (RFC 9207)
   */
  record Returned(String code, Optional<String> iss) {
    @Override
    public String toString() {
      return "Returned[" + iss + "]";
    }
  }

  /** How an attempt begins. */
  sealed interface Begun {}

  /** The browser goes here. */
  record Redirect(String url) implements Begun {}

  /** How an attempt ends. */
  sealed interface Completed {}

  /** The issuer vouches for this person. */
  record SignedIn(Person person) implements Completed {}

  /**
   * It does not, or not to us.
   *
   * @param why for the log and the person; holds no secret
   */
  record Refused(String why) implements Begun, Completed {}

  /** The issuer is away, or the policy that says whose people it has. */
  record Away(String why) implements Begun, Completed {}
}
