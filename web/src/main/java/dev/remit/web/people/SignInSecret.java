package dev.remit.web.people;

import dev.remit.web.http.Cookie;
import dev.remit.web.http.Exchange;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that one browser holds while its person is at the issuer. State, nonce and verifier
 * are made from it, so that the server keeps nothing and an answer counts in that browser alone.
 *
 * <p>{@code state} holds what was wanted (issuer, way back, step-up, end), sealed with the secret.
 */
final class SignInSecret {

  static final String COOKIE = "__Host-remit-signin";
  static final Duration LIFE = Duration.ofMinutes(10);

  private final String secret;

  private SignInSecret(String secret) {
    this.secret = secret;
  }

  static SignInSecret fresh(RandomGenerator random) {
    var bytes = new byte[32];
    random.nextBytes(bytes);
    return new SignInSecret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  static Optional<SignInSecret> of(Exchange exchange) {
    return Cookie.of(exchange, COOKIE).filter(value -> value.length() == 43).map(SignInSecret::new);
  }

  String cookie() {
    return Cookie.host(COOKIE, secret, LIFE);
  }

  /** What the person wanted when they left. */
  record Wanted(String issuer, String target, boolean isAgain, Instant end) {}

  String state(Wanted wanted) {
    String text =
        wanted.end().getEpochSecond()
            + "\n"
            + (wanted.isAgain() ? "again" : "-")
            + "\n"
            + wanted.issuer()
            + "\n"
            + wanted.target();
    return encode(text.getBytes(StandardCharsets.UTF_8)) + "." + mac("state\n" + text);
  }

  /** What was wanted, if this browser wanted it, of this issuer, not too long ago. */
  Optional<Wanted> wanted(String state, String issuer, Instant at) {
    int dot = state.indexOf('.');
    if (dot < 0 || state.length() > 1_024) {
      return Optional.empty();
    }
    String text = decoded(state.substring(0, dot));
    byte[] sealed = state.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(mac("state\n" + text).getBytes(StandardCharsets.US_ASCII), sealed)) {
      return Optional.empty();
    }
    var lines = text.split("\n", -1);
    var wanted =
        new Wanted(
            lines[2],
            lines[3],
            lines[1].equals("again"),
            Instant.ofEpochSecond(Long.parseLong(lines[0])));
    return Optional.of(wanted)
        .filter(it -> it.issuer().equals(issuer))
        .filter(it -> at.isBefore(it.end()));
  }

  /** Comes back inside the id token. */
  String nonce() {
    return mac("nonce");
  }

  /** PKCE's secret; 43 characters (RFC 7636, section 4.1). */
  String verifier() {
    return mac("verifier");
  }

  private static String decoded(String part) {
    try {
      return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private String mac(String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
      return encode(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform lacks HmacSHA256", e);
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
