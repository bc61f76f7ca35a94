package dev.remit.core.identity;

import java.time.Instant;

/**
 * Proves who calls from what came with a request.
 *
 * <p>Promises: never throws for a bad token and never says more to the caller than that it was
 * refused, or which nonce its next proof must name; {@link Refused#detail()} is for evidence and
 * operators.
 */
public interface Authenticator {

  /** Checks it as of this moment. */
  Authentication authenticate(Presented presented, Instant at);

  /** What became of it. */
  sealed interface Authentication {}

  /** The caller is proven. */
  record Authenticated(Caller caller) implements Authentication {}

  /** The caller is not proven; {@code detail} holds no secret and is not for the caller. */
  record Refused(String detail) implements Authentication {}

  /**
   * The proof of the token's key must name this nonce (RFC 9449, section 9); nothing else is said.
   */
  record NonceNeeded(String nonce) implements Authentication {}

  /** The issuer's keys cannot be had just now; nothing is proven and nothing is disproven. */
  record Unavailable(String detail) implements Authentication {}
}
