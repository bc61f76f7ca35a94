package dev.remit.cli.connect;

import dev.remit.core.value.Value;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Proofs that this process holds the key of its tokens (RFC 9449, section 4.2), each for one
 * request. The nonce that a server gave last is used towards that server alone (section 8.2).
 * Thread safe.
 */
final class Proofs {

  /** A nonce is text that a header can carry (RFC 9449, section 8.1); more is no nonce. */
  private static final String NONCE = "[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,512}";

  private final ProofKey key;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Map<String, String> nonces = new ConcurrentHashMap<>();

  Proofs(ProofKey key, InstantSource clock, SecureRandom random) {
    this.key = key;
    this.clock = clock;
    this.random = random;
  }

  /**
   * A proof for one request.
   *
   * @param token the access token that the request carries; empty towards a token endpoint
   */
  String proof(String method, URI uri, Optional<String> token) {
    var bytes = new byte[16];
    random.nextBytes(bytes);
    var claims =
        Value.object(
            "jti", Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
            "htm", method,
            "htu", target(uri),
            "iat", clock.instant().getEpochSecond());
    var nonce = nonces.get(origin(uri));
    claims = nonce == null ? claims : claims.with("nonce", Value.of(nonce));
    claims = token.isEmpty() ? claims : claims.with("ath", Value.of(ProofKey.digest(token.get())));
    return key.sign(Value.object("typ", "dpop+jwt", "alg", "ES256", "jwk", key.jwk()), claims);
  }

  /** Takes a nonce that an answer brought; false when there was none, or the one known already. */
  boolean heard(URI uri, Optional<String> nonce) {
    return nonce
        .filter(value -> value.matches(NONCE))
        .filter(value -> !value.equals(nonces.put(origin(uri), value)))
        .isPresent();
  }

  /** The key's thumbprint. */
  String thumbprint() {
    return key.thumbprint();
  }

  /** Without query and fragment (RFC 9449, section 4.2). */
  private static String target(URI uri) {
    return origin(uri) + (uri.getRawPath().isEmpty() ? "/" : uri.getRawPath());
  }

  private static String origin(URI uri) {
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }
}
