package dev.remit.bench.load;

import dev.remit.identity.binding.DpopKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/**
 * A workload's token and the key that it is bound to; each request is proven anew (RFC 9449).
 * Thread safe.
 */
public final class Shown {

  private final DpopKey key;
  private final String token;
  private volatile Optional<String> nonce = Optional.empty();

  private Shown(DpopKey key, String token) {
    this.key = key;
    this.token = token;
  }

  /** Asks an issuer for tokens that are bound to a key. */
  @FunctionalInterface
  public interface Issuer {
    /**
     * A token.
     *
     * @param proof of the key, for a {@code POST} to this endpoint
     */
    String token(String proof);
  }

  /** A new key and a token that is bound to it. */
  public static Shown of(String endpoint, Issuer issuer) {
    var key = DpopKey.generate(new SecureRandom());
    var proof = key.proof("POST", endpoint, Optional.empty(), Optional.empty(), Instant.now());
    return new Shown(key, issuer.token(proof));
  }

  /** The token. */
  public String token() {
    return token;
  }

  /** A proof of the key alone, for a token endpoint. */
  public String proof(String method, String address) {
    return key.proof(method, address, Optional.empty(), nonce, Instant.now());
  }

  /** The header fields of one request. */
  public String fields(String method, String address) {
    var proof = key.proof(method, address, Optional.of(token), nonce, Instant.now());
    return "\r\nAuthorization: DPoP " + token + "\r\nDPoP: " + proof;
  }

  /** Hears a nonce. */
  public void heard(String given) {
    nonce = Optional.of(given);
  }
}
