package dev.remit.identity;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Checks the id tokens of one issuer for one client (OpenID Connect Core 1.0, section 3.1.3.7).
 *
 * <p>Promises: believed is only a token of exactly this issuer, signed by one of its published keys
 * with an algorithm pinned to issuer and key, for this client alone, in time, with the nonce of the
 * very attempt. An access token is never taken for one, a shared secret never verifies one.
 */
public final class IdTokenCheck {

  private final TrustedIssuer issuer;
  private final IssuerKeys keys;

  /**
   * @param issuer its audience is the client's id
   */
  public IdTokenCheck(
      TrustedIssuer issuer, JwksSource source, KeyTimes times, InstantSource clock) {
    this.issuer = issuer;
    this.keys = new IssuerKeys(issuer, source, times, clock);
  }

  /** What a token says. */
  public sealed interface Result {}

  /**
   * It is good.
   *
   * @param claims all of them
   * @param authenticatedAt when the issuer saw the person, if it says so
   */
  public record Good(String subject, Value.Obj claims, Optional<Instant> authenticatedAt)
      implements Result {}

  /** It is not; {@code why} holds nothing of the token. */
  public record Bad(String why) implements Result {}

  /** It cannot be said: the issuer's keys are not to be had. */
  public record Away(String why) implements Result {}

  /**
   * Checks one.
   *
   * @param nonce that of the attempt
   * @param freshWithin when the issuer must have seen the person as short ago as this
   */
  public Result check(String token, String nonce, Optional<Duration> freshWithin, Instant at) {
    try {
      return checked(CompactToken.parse(token), nonce, freshWithin, at);
    } catch (InvalidValueException e) {
      return new Bad(String.valueOf(e.getMessage()));
    }
  }

  private Result checked(
      CompactToken token, String nonce, Optional<Duration> freshWithin, Instant at) {
    if (!token.claims().text("iss").equals(Optional.of(issuer.issuer()))) {
      return new Bad("the token is of another issuer");
    }
    var header = TokenHeader.ofIdToken(token.header(), issuer);
    var claims = TokenClaims.of(token.claims(), issuer);
    var objection =
        claims
            .objectionAt(at)
            .or(() -> party(token.claims()))
            .or(() -> nonce(token.claims(), nonce))
            .or(() -> freshness(token.claims(), freshWithin, at));
    if (objection.isPresent()) {
      return new Bad(objection.get());
    }
    return switch (keys.find(header.kid())) {
      case IssuerKeys.Away(String detail) -> new Away(detail);
      case IssuerKeys.NotOne(String detail) -> new Bad(detail);
      case IssuerKeys.One(VerificationKey key) -> {
        var algorithm = header.algorithm();
        if (!key.algorithms().contains(algorithm)) {
          yield new Bad("the key is too weak, of a lab, or not for this algorithm or use");
        }
        yield token.isSignedBy(key, algorithm)
            ? new Good(claims.subject(), token.claims(), authenticatedAt(token.claims()))
            : new Bad("the token's signature is wrong");
      }
    };
  }

  /** If it names an authorized party, that is us. */
  private Optional<String> party(Value.Obj claims) {
    return claims.members().containsKey("azp")
            && !claims.text("azp").equals(Optional.of(issuer.audience()))
        ? Optional.of("the token was given to another client")
        : Optional.empty();
  }

  private static Optional<String> nonce(Value.Obj claims, String nonce) {
    byte[] wanted = nonce.getBytes(StandardCharsets.UTF_8);
    byte[] given = claims.text("nonce").orElse("").getBytes(StandardCharsets.UTF_8);
    return !nonce.isEmpty() && MessageDigest.isEqual(wanted, given)
        ? Optional.empty()
        : Optional.of("the token is of another attempt to sign in");
  }

  private static Optional<String> freshness(
      Value.Obj claims, Optional<Duration> within, Instant at) {
    var seen = authenticatedAt(claims);
    if (seen.isPresent() && seen.get().isAfter(at.plus(TokenClaims.SKEW))) {
      return Optional.of("the issuer saw the person in the future");
    }
    if (within.isEmpty()) {
      return Optional.empty();
    }
    if (seen.isEmpty()) {
      return Optional.of("the issuer does not say when it saw the person (`auth_time`)");
    }
    return seen.get().plus(within.get()).plus(TokenClaims.SKEW).isBefore(at)
        ? Optional.of("the issuer did not ask the person again")
        : Optional.empty();
  }

  private static Optional<Instant> authenticatedAt(Value.Obj claims) {
    return claims
        .get("auth_time")
        .map(value -> {
          if (value instanceof Value.Int(long seconds) && seconds >= 0) {
            return Instant.ofEpochSecond(seconds);
          }
          throw new InvalidValueException("the token's `auth_time` is not whole seconds");
        });
  }
}
