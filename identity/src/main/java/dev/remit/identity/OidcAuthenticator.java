package dev.remit.identity;

import dev.remit.core.identity.Authenticator;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.identity.Presented;
import dev.remit.core.release.Release;
import dev.remit.core.release.Releases;
import dev.remit.core.value.InvalidValueException;
import dev.remit.identity.binding.SenderBinding;
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
 * earlier call; everything else is asked anew. A bound token is believed from the holder of its key
 * alone.
 */
public final class OidcAuthenticator implements Authenticator, WorkloadTokens {

  private static final int MOST_CACHED = 10_000;

  private final Map<String, Trusted> byName = new HashMap<>();
  private final WorkloadIndex workloads;
  private final SenderBinding binding;
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
      SenderBinding binding,
      JwksSource source,
      KeyTimes times,
      InstantSource clock) {
    this.workloads = new WorkloadIndex(release);
    this.binding = binding;
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
    var shown = presented.credential().get();
    return switch (identify(shown.token(), at)) {
      case Away(String detail) -> new Unavailable(detail);
      case NotKnown(String detail) -> new Refused(detail);
      case Known(ProvenWorkload workload) ->
          switch (binding.of(shown, workload.confirmation(), presented, at)) {
            case SenderBinding.Bound(InstanceId instance) ->
                new Authenticated(workload.bound(instance));
            case SenderBinding.Unbound() ->
                workload.workload().acceptsUnbound()
                    ? new Authenticated(workload.withoutKey())
                    : new Refused("the token is bound to no key, and its workload must prove one");
            case SenderBinding.Foreign(String detail) -> new Refused(detail);
            case SenderBinding.NeedsNonce(String nonce) -> new NonceNeeded(nonce);
          };
    };
  }

  @Override
  public Identified identify(String token, Instant at) {
    if (token.length() > CompactToken.MOST_BYTES) {
      return new NotKnown("the token is longer than " + CompactToken.MOST_BYTES + " bytes");
    }
    try {
      String digest = SignatureCache.digest(token);
      var cached = cache.get(digest);
      return cached.isPresent() ? again(digest, cached.get(), at) : first(digest, token, at);
    } catch (InvalidValueException e) {
      return new NotKnown(String.valueOf(e.getMessage()));
    } catch (Releases.PolicyUnavailableException e) {
      return new Away("no policy version can be had");
    }
  }

  /** Asks what is cheap before what is dear: keys are fetched for plausible tokens only. */
  private Identified first(String digest, String bearerToken, Instant at) {
    var token = CompactToken.parse(bearerToken);
    var trusted = byName.get(token.claims().text("iss").orElse(""));
    if (trusted == null) {
      return new NotKnown("the token's issuer is not trusted");
    }
    var header = TokenHeader.of(token.header(), trusted.issuer());
    var claims = TokenClaims.of(token.claims(), trusted.issuer());
    var objection = claims.objectionAt(at);
    if (objection.isPresent()) {
      return new NotKnown(objection.get());
    }
    return switch (trusted.keys().find(header.kid())) {
      case IssuerKeys.Away(String detail) -> new Away(detail);
      case IssuerKeys.NotOne(String detail) -> new NotKnown(detail);
      case IssuerKeys.One(VerificationKey key) -> {
        var algorithm = header.algorithm();
        if (!key.algorithms().contains(algorithm)) {
          yield new NotKnown("the key is too weak, of a lab, or not for this algorithm or use");
        }
        if (!token.isSignedBy(key, algorithm)) {
          yield new NotKnown("the token's signature is wrong");
        }
        var verified = new VerifiedToken(trusted.issuer(), key, claims, token.claims());
        cache.put(digest, verified);
        yield proven(verified);
      }
    };
  }

  private Identified again(String digest, VerifiedToken verified, Instant at) {
    var objection = verified.claims().objectionAt(at);
    if (objection.isPresent()) {
      return new NotKnown(objection.get());
    }
    var trusted = byName.get(verified.issuer().issuer());
    if (trusted == null) {
      throw new IllegalStateException("a cached token names an issuer that is not listed");
    }
    return switch (trusted.keys().find(verified.key().kid())) {
      case IssuerKeys.Away(String detail) -> new Away(detail);
      case IssuerKeys.One(VerificationKey key) when key.equals(verified.key()) -> proven(verified);
      case IssuerKeys.One _, IssuerKeys.NotOne _ -> {
        cache.remove(digest);
        yield new NotKnown("the key that signed the token is no longer published");
      }
    };
  }

  private Identified proven(VerifiedToken token) {
    String issuer = token.issuer().issuer();
    String subject = token.claims().subject();
    var known = workloads.get().find(issuer, subject, token.said());
    if (known.size() != 1) {
      return new NotKnown(
          known.isEmpty()
              ? "the token's subject is not registered"
              : "the token's subject is registered more than once");
    }
    var workload = known.getFirst();
    if (!workload.isWithin(token.issuer().environments())) {
      return new NotKnown("the token's issuer is not trusted for the environment of this workload");
    }
    return new Known(
        new ProvenWorkload(
            workload,
            Instances.unbound(issuer, subject),
            token.claims().confirmation(),
            token.claims().endOfProof()));
  }
}
