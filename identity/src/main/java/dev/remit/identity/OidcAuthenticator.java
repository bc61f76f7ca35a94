package dev.remit.identity;

import dev.remit.core.call.Sha256;
import dev.remit.core.identity.Authenticator;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.identity.Presented;
import dev.remit.core.release.Release;
import dev.remit.core.release.Releases;
import dev.remit.core.value.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
  private static final int INSTANCE_DIGITS = 32;

  private final Map<String, Trusted> byName = new HashMap<>();
  private final Supplier<Release> release;
  private final SignatureCache cache = new SignatureCache(MOST_CACHED);

  /** The index of the release last seen; replaced as a whole. */
  private volatile @Nullable Indexed indexed;

  private record Trusted(TrustedIssuer issuer, IssuerKeys keys) {}

  private record Indexed(Release release, Workloads workloads) {}

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
    this.release = release;
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
    var known = workloads().find(issuer, subject, token.said());
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
    var instance = unbound(issuer, subject);
    var end = token.claims().endOfProof();
    return new Authenticated(
        switch (workload) {
          case Workloads.OfAgent(var id, _) -> new Caller.Agent(id, instance, false, end);
          case Workloads.OfOrchestrator(var id, _) ->
              new Caller.Orchestrator(id, instance, false, end);
          case Workloads.OfEnforcementPoint(var point) ->
              new Caller.EnforcementPoint(point.id(), point.tenants(), instance, false, end);
        });
  }

  private Workloads workloads() {
    var current = release.get();
    var known = indexed;
    if (known == null || !known.release().equals(current)) {
      known = new Indexed(current, Workloads.of(current));
      indexed = known;
    }
    return known.workloads();
  }

  private static InstanceId unbound(String issuer, String subject) {
    String digest = Sha256.of((issuer + "\n" + subject).getBytes(StandardCharsets.UTF_8));
    int start = digest.indexOf(':') + 1;
    return new InstanceId("unbound:" + digest.substring(start, start + INSTANCE_DIGITS));
  }
}
