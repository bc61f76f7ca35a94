package dev.remit.identity.spiffe;

import dev.remit.core.call.Sha256;
import dev.remit.core.identity.SpiffeId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.identity.CompactToken;
import dev.remit.identity.SigningAlgorithm;
import dev.remit.identity.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks JWT-SVIDs against the bundle of their own trust domain and no other (JWT-SVID, sections 2
 * to 5; RFC 8725). Thread safe.
 *
 * <p>A JWT-SVID is bound to no key: whoever holds it is the workload. It names this installation
 * alone, lives at most an hour, and names its key by {@code kid}. Of the algorithms of the
 * specification, those with SHA-384 and SHA-512 are not taken.
 */
public final class JwtSvids {

  private static final Duration SKEW = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int MOST_CACHED = 10_000;
  private static final Set<String> HEADERS = Set.of("alg", "kid", "typ");
  private static final Set<String> TYPES = Set.of("jwt", "jose");
  private static final Set<SigningAlgorithm> ALGORITHMS =
      Set.of(SigningAlgorithm.ES256, SigningAlgorithm.RS256, SigningAlgorithm.PS256);

  private final Bundles bundles;
  private final Map<String, Signed> cache =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Signed> eldest) {
          return size() > MOST_CACHED;
        }
      };

  /** A token whose signature was found good by a key of this bundle. */
  private record Signed(Said said, String bundle) {}

  /** What a token says, whatever the time. */
  private record Said(SpiffeId id, Instant from, Instant until) {}

  /** Checks against these bundles. */
  public JwtSvids(Bundles bundles) {
    this.bundles = bundles;
  }

  /** The answer to {@link #check}. */
  public sealed interface Checked {}

  /** Whoever made the token says that its holder is this workload. */
  public record Proven(SpiffeId id, TrustDomain trusted, Instant until) implements Checked {}

  /** It proves nobody; {@code detail} is for operators. */
  public record Refused(String detail) implements Checked {}

  /** The trust domain's bundle cannot be had just now. */
  public record Unavailable(String detail) implements Checked {}

  /** Whether a token says that it is of a trust domain that is believed; nothing is proven yet. */
  public boolean isListed(String token) {
    try {
      return !bundles.isEmpty() && bundles.isListed(id(CompactToken.parse(token)).trustDomain());
    } catch (InvalidValueException e) {
      return false;
    }
  }

  /** Checks a token as of this moment. */
  public Checked check(String token, Instant at) {
    try {
      var digest = Sha256.of(token.getBytes(StandardCharsets.UTF_8));
      var known = cached(digest);
      var parsed = known == null ? CompactToken.parse(token) : null;
      var id = known == null ? id(parsed(parsed)) : known.said().id();
      return switch (bundles.find(id.trustDomain(), at)) {
        case Bundles.Foreign() -> new Refused("the token's trust domain is not believed");
        case Bundles.Away(String detail) -> new Unavailable(detail);
        case Bundles.Known(var trusted, var bundle) -> {
          var said =
              known != null && known.bundle().equals(bundle.version())
                  ? known.said()
                  : signed(CompactToken.parse(token), trusted, bundle, digest);
          yield objection(said, at)
              .<Checked>map(Refused::new)
              .orElseGet(() -> new Proven(said.id(), trusted, said.until()));
        }
      };
    } catch (InvalidValueException e) {
      return new Refused(String.valueOf(e.getMessage()));
    }
  }

  private static CompactToken parsed(@Nullable CompactToken token) {
    if (token == null) {
      throw new IllegalStateException("a token is either known or was read");
    }
    return token;
  }

  private Said signed(CompactToken token, TrustDomain trusted, Bundle bundle, String digest) {
    var said = said(token, trusted);
    var algorithm = algorithm(token.header());
    var kid = token.header().text("kid").orElse("");
    var key =
        bundle.keys().stream()
            .filter(one -> one.kid().equals(kid))
            .findFirst()
            .orElseThrow(() -> new InvalidValueException("the bundle has no key of this kid"));
    requireSigned(token, key, algorithm);
    synchronized (cache) {
      cache.put(digest, new Signed(said, bundle.version()));
    }
    return said;
  }

  private static void requireSigned(
      CompactToken token, VerificationKey key, SigningAlgorithm algorithm) {
    if (!key.algorithms().contains(algorithm)) {
      throw new InvalidValueException("the key is too weak or not for this algorithm");
    }
    if (!token.isSignedBy(key, algorithm)) {
      throw new InvalidValueException("the token's signature is wrong");
    }
  }

  private @Nullable Signed cached(String digest) {
    synchronized (cache) {
      return cache.get(digest);
    }
  }

  private static SpiffeId id(CompactToken token) {
    return SpiffeId.parse(
        token
            .claims()
            .text("sub")
            .orElseThrow(() -> new InvalidValueException("the token has no subject")));
  }

  private static SigningAlgorithm algorithm(Value.Obj header) {
    for (var name : header.members().keySet()) {
      if (!HEADERS.contains(name)) {
        throw new InvalidValueException("the token's header has `" + name + "`");
      }
    }
    if (header.get("typ").isPresent()
        && header
            .text("typ")
            .filter(typ -> TYPES.contains(typ.toLowerCase(Locale.ROOT)))
            .isEmpty()) {
      throw new InvalidValueException("the token's type is not that of a jwt-svid");
    }
    return header
        .text("alg")
        .flatMap(SigningAlgorithm::find)
        .filter(ALGORITHMS::contains)
        .orElseThrow(() -> new InvalidValueException("the token's algorithm is not taken"));
  }

  private static Said said(CompactToken token, TrustDomain trusted) {
    var claims = token.claims();
    var one = Value.of(trusted.audience());
    var audience = claims.get("aud").orElse(Value.Null.NULL);
    if (!audience.equals(one) && !audience.equals(new Value.Array(List.of(one)))) {
      throw new InvalidValueException("the token is not for this audience alone");
    }
    if (claims.get("cnf").isPresent()) {
      throw new InvalidValueException("the token is bound to a key, which no jwt-svid is");
    }
    var issued = time(claims, "iat").orElseThrow(() -> missing("iat"));
    var until = time(claims, "exp").orElseThrow(() -> missing("exp"));
    if (!until.isAfter(issued) || until.isAfter(issued.plus(LONGEST))) {
      throw new InvalidValueException("the token lives longer than an hour");
    }
    var from = time(claims, "nbf").filter(issued::isBefore).orElse(issued);
    return new Said(id(token), from, until.plus(SKEW));
  }

  private static Optional<String> objection(Said said, Instant at) {
    if (!at.isBefore(said.until())) {
      return Optional.of("the token has expired");
    }
    return at.plus(SKEW).isBefore(said.from())
        ? Optional.of("the token is not valid yet")
        : Optional.empty();
  }

  private static Optional<Instant> time(Value.Obj claims, String name) {
    return claims
        .get(name)
        .map(value -> {
          if (value instanceof Value.Int(long seconds)) {
            return Instant.ofEpochSecond(seconds);
          }
          throw new InvalidValueException("the token's `" + name + "` is not whole seconds");
        });
  }

  private static InvalidValueException missing(String name) {
    return new InvalidValueException("the token has no `" + name + "`");
  }
}
