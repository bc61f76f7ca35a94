package dev.remit.identity;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.identity.binding.Confirmation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The claims of an access token that say who, and from when to when (RFC 7519, section 4.1).
 *
 * @param notBefore {@code nbf}, or {@code iat} where there is none
 * @param confirmation the key that it is bound to
 */
record TokenClaims(
    String subject,
    Instant issuedAt,
    Instant notBefore,
    Instant expiresAt,
    Confirmation confirmation) {

  /** How far the issuer's clock may be off. */
  static final Duration SKEW = Duration.ofSeconds(30);

  private static final int LONGEST_SUBJECT = 255;

  /** Reads what does not depend on the time of the call. */
  static TokenClaims of(Value.Obj claims, TrustedIssuer issuer) {
    requireAudience(claims, issuer.audience());
    var confirmation = Confirmation.of(claims);
    var subject =
        claims
            .text("sub")
            .filter(TokenClaims::isName)
            .orElseThrow(() -> new InvalidValueException("the token has no usable subject"));
    var issuedAt = required(claims, "iat");
    var expiresAt = required(claims, "exp");
    if (!expiresAt.isAfter(issuedAt) || expiresAt.isAfter(issuedAt.plus(issuer.maxLifetime()))) {
      throw new InvalidValueException("the token's life is longer than the issuer's may be");
    }
    return new TokenClaims(
        subject, issuedAt, optional(claims, "nbf").orElse(issuedAt), expiresAt, confirmation);
  }

  /** Why the token proves nothing at this moment; empty when it does. */
  Optional<String> objectionAt(Instant at) {
    if (!at.isBefore(endOfProof())) {
      return Optional.of("the token has expired");
    }
    if (at.plus(SKEW).isBefore(issuedAt)) {
      return Optional.of("the token was issued in the future");
    }
    if (at.plus(SKEW).isBefore(notBefore)) {
      return Optional.of("the token is not valid yet");
    }
    return Optional.empty();
  }

  /** From here on the token proves nothing, the issuer's clock being as slow as it may. */
  Instant endOfProof() {
    return expiresAt.plus(SKEW);
  }

  private static void requireAudience(Value.Obj claims, String audience) {
    var one = Value.of(audience);
    var named = claims.get("aud").orElse(Value.Null.NULL);
    if (!named.equals(one) && !named.equals(new Value.Array(List.of(one)))) {
      throw new InvalidValueException("the token is not for this audience alone");
    }
  }

  private static boolean isName(String text) {
    return !text.isBlank()
        && text.length() <= LONGEST_SUBJECT
        && text.codePoints().noneMatch(Character::isISOControl);
  }

  private static Instant required(Value.Obj claims, String name) {
    return optional(claims, name)
        .orElseThrow(() -> new InvalidValueException("the token has no `" + name + "`"));
  }

  private static Optional<Instant> optional(Value.Obj claims, String name) {
    return claims
        .get(name)
        .map(value -> {
          if (value instanceof Value.Int(long seconds)) {
            return Instant.ofEpochSecond(seconds);
          }
          throw new InvalidValueException("the token's `" + name + "` is not whole seconds");
        });
  }
}
