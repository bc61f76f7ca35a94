package dev.remit.identity;

import dev.remit.core.identity.Authenticator;
import dev.remit.core.identity.Presented;
import dev.remit.core.release.Release;
import dev.remit.core.release.Releases;
import dev.remit.core.value.InvalidValueException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Proves workloads by access tokens in JWT form (RFC 9068, RFC 8725) of trusted issuers.
 *
 * <p>Promises: a caller is proven only by a token of a listed issuer, signed by one of its
 * published keys with an algorithm pinned to issuer and key, for this audience alone, in time,
 * whose subject the policy in force knows exactly once. The signature may have been checked at an
 * earlier call; everything else is asked anew. It does not bind the token to its sender yet: every
 * caller is unbound.
 */
public final class OidcAuthenticator implements Authenticator {

  private static final int MOST_CACHED = 10_000;

  private final Map<String, Trusted> byName = new HashMap<>();
  private final WorkloadIndex workloads;
  private final SignatureCache cache = new SignatureCache(MOST_CACHED);

  private record Trusted(TrustedIssuer issuer, IssuerKeys keys) {}

  /**
   * Trusts exactly these issuers.
   *
   * @param release the policy version in force; {@link Releases.PolicyUnavailableException} from it
   *     makes every caller {@code Unavailable}
   */
  public OidcAuthenticator(
      List<TrustedIssuer> issuers,
      Supplier<Release> release,
      JwksSource source,
      KeyTimes times,
      InstantSource clock) {
    this.workloads = new WorkloadIndex(release);
    for (var issuer : issuers) {
      var keys = new IssuerKeys(issuer, source, times, clock);
      if (byName.put(issuer.issuer(), new Trusted(issuer, keys)) != null) {
        throw new InvalidValueException("issuer `" + issuer.issuer() + "` is listed twice");
      }
    }
  }

  @Override
  public Authentication authenticate(Presented presented, Instant at) {
    if (presented.credential().isEmpty()) {
      return new Refused("no token came");
    }
    if (presented.credential().get().scheme() != Presented.Scheme.BEARER) {
      return new Refused("the token came under a scheme that is not its own");
    }
    String bearerToken = presented.credential().get().token();
    if (bearerToken.length() > CompactToken.MOST_BYTES) {
      return new Refused("the token is longer than " + CompactToken.MOST_BYTES + " bytes");
    }
    try {
      String digest = SignatureCache.digest(bearerToken);
      var cached = cache.get(digest);
      return cached.isPresent() ? again(digest, cached.get(), at) : first(digest, bearerToken, at);
    } catch (InvalidValueException e) {
      return new Refused(String.valueOf(e.getMessage()));
    } catch (Releases.PolicyUnavailableException e) {
      return new Unavailable("no policy version can be had");
    }
  }

  /** Asks what is cheap before what is dear: keys are fetched for plausible tokens only. */
  private Authentication first(String digest, String bearerToken, Instant at) {
    var token = CompactToken.parse(bearerToken);
    var trusted = byName.get(token.claims().text("iss").orElse(""));
    if (trusted == null) {
      return new Refused("the token's issuer is not trusted");
    }
    var header = TokenHeader.of(token.header(), trusted.issuer());
    var claims = TokenClaims.of(token.claims(), trusted.issuer());
    var objection = claims.objectionAt(at);
    if (objection.isPresent()) {
      return new Refused(objection.get());
    }
    return switch (trusted.keys().find(header.kid())) {
      case IssuerKeys.Away(String detail) -> new Unavailable(detail);
      case IssuerKeys.NotOne(String detail) -> new Refused(detail);
      case IssuerKeys.One(VerificationKey key) -> {
        var algorithm = header.algorithm();
        if (!key.algorithms().contains(algorithm)) {
          yield new Refused("the key is too weak, of a lab, or not for this algorithm or use");
        }
        if (!token.isSignedBy(key, algorithm)) {
          yield new Refused("the token's signature is wrong");
        }
        var verified = new VerifiedToken(trusted.issuer(), key, claims, token.claims());
        cache.put(digest, verified);
        yield proven(verified);
      }
    };
  }

  private Authentication again(String digest, VerifiedToken verified, Instant at) {
    var objection = verified.claims().objectionAt(at);
    if (objection.isPresent()) {
      return new Refused(objection.get());
    }
    var trusted = byName.get(verified.issuer().issuer());
    if (trusted == null) {
      throw new IllegalStateException("a cached token names an issuer that is not listed");
    }
    return switch (trusted.keys().find(verified.key().kid())) {
      case IssuerKeys.Away(String detail) -> new Unavailable(detail);
      case IssuerKeys.One(VerificationKey key) when key.equals(verified.key()) -> proven(verified);
      case IssuerKeys.One _, IssuerKeys.NotOne _ -> {
        cache.remove(digest);
        yield new Refused("the key that signed the token is no longer published");
      }
    };
  }

  private Authentication proven(VerifiedToken token) {
    String issuer = token.issuer().issuer();
    String subject = token.claims().subject();
    var known = workloads.get().find(issuer, subject, token.said());
    if (known.size() != 1) {
      return new Refused(
          known.isEmpty()
              ? "the token's subject is not registered"
              : "the token's subject is registered more than once");
    }
    var workload = known.getFirst();
    if (!workload.isWithin(token.issuer().environments())) {
      return new Refused("the token's issuer is not trusted for the environment of this workload");
    }
    return new Authenticated(
        workload.caller(Instances.unbound(issuer, subject), false, token.claims().endOfProof()));
  }
}
