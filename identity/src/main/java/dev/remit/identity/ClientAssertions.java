package dev.remit.identity;

import dev.remit.core.release.Releases;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.identity.binding.Confirmation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Proves clients at the token endpoint by what they sign themselves: {@code private_key_jwt} (RFC
 * 7523, section 3).
 *
 * <p>Promises: a client is proven only by an assertion of its own, signed with a key that the
 * workspace states for it and that is valid now, for this token endpoint alone, in time, once. The
 * key is looked up in the workspace and nowhere else. Thread safe.
 */
public final class ClientAssertions {

  /** The longest life of an assertion. */
  public static final Duration LONGEST = Duration.ofMinutes(5);

  private static final int LONGEST_ID = 128;

  private final Supplier<Workloads> workloads;
  private final SpentAssertions spent = new SpentAssertions();

  /** Of the workloads of the policy version in force. */
  public ClientAssertions(Supplier<Workloads> workloads) {
    this.workloads = workloads;
  }

  /** What became of an assertion. */
  public sealed interface Checked {}

  /**
   * It is this workload's. It is not spent yet: a request that fails for another reason may come
   * again with it.
   */
  public record Good(ProvenWorkload workload, String client, String id) implements Checked {}

  /** It proves nothing; {@code detail} holds no secret and is not for the caller. */
  public record Bad(String detail) implements Checked {}

  /** It cannot be checked just now. */
  public record Away(String detail) implements Checked {}

  /**
   * Checks one.
   *
   * @param issuer what this server calls itself, which the assertion may name in place of the
   *     endpoint
   * @param named the client that the request says it is of
   */
  public Checked check(
      String assertion, String endpoint, String issuer, Optional<String> named, Instant at) {
    try {
      var token = CompactToken.parse(assertion);
      var claims = token.claims();
      String client = client(claims, named);
      var known = workloads.get().clients(client);
      if (known.size() != 1) {
        return new Bad("the client is not registered, or more than once");
      }
      requireAudience(claims, endpoint, issuer);
      var until = until(claims, at);
      String id = id(claims);
      var confirmation = Confirmation.of(claims);
      var objection = objection(token, known.getFirst(), at);
      return objection.isPresent()
          ? new Bad(objection.get())
          : new Good(
              new ProvenWorkload(
                  known.getFirst().workload(),
                  Instances.unbound("client", client),
                  confirmation,
                  until),
              client,
              id);
    } catch (InvalidValueException e) {
      return new Bad(String.valueOf(e.getMessage()));
    } catch (Releases.PolicyUnavailableException e) {
      return new Away("no policy version can be had");
    }
  }

  /** Takes it, for this time and no other; empty if it is taken, and why it is not otherwise. */
  public Optional<String> spend(Good good, Instant at) {
    return switch (spent.spend(good.client(), good.id(), good.workload().endOfProof(), at)) {
      case FIRST -> Optional.empty();
      case AGAIN -> Optional.of("the assertion came before");
      case FULL -> Optional.of("the client signed too many assertions in a short time");
    };
  }

  private static Optional<String> objection(
      CompactToken token, Workloads.Client client, Instant at) {
    var header = TokenHeader.ofAssertion(token.header());
    var keys = client.keys(header.kid(), at);
    if (keys.size() != 1) {
      return Optional.of("the client has no key of this kid, or not now");
    }
    var key = keys.getFirst();
    if (!key.algorithms().contains(header.algorithm())) {
      return Optional.of("the key is too weak, of a lab, or not for this algorithm or use");
    }
    return token.isSignedBy(key, header.algorithm())
        ? Optional.empty()
        : Optional.of("the assertion's signature is wrong");
  }

  /** Issuer and subject are the client itself (RFC 7523, section 3). */
  private static String client(Value.Obj claims, Optional<String> named) {
    String client =
        claims
            .text("iss")
            .filter(issuer -> claims.text("sub").filter(issuer::equals).isPresent())
            .orElseThrow(
                () -> new InvalidValueException("the assertion's issuer is not its subject"));
    if (named.filter(name -> !name.equals(client)).isPresent()) {
      throw new InvalidValueException("the assertion is of another client than the request");
    }
    return client;
  }

  private static void requireAudience(Value.Obj claims, String endpoint, String issuer) {
    if (claims
        .text("aud")
        .filter(audience -> audience.equals(endpoint) || audience.equals(issuer))
        .isEmpty()) {
      throw new InvalidValueException("the assertion is not for this server alone");
    }
  }

  /** From here on it proves nothing, the client's clock being as slow as it may. */
  private static Instant until(Value.Obj claims, Instant at) {
    var expires = seconds(claims, "exp");
    if (expires.isEmpty()) {
      throw new InvalidValueException("the assertion has no `exp`");
    }
    var until = expires.get().plus(TokenClaims.SKEW);
    if (!at.isBefore(until)) {
      throw new InvalidValueException("the assertion has expired");
    }
    var issued = seconds(claims, "iat");
    if (issued.filter(one -> one.isAfter(at.plus(TokenClaims.SKEW))).isPresent()) {
      throw new InvalidValueException("the assertion was issued in the future");
    }
    if (seconds(claims, "nbf").filter(one -> one.isAfter(at.plus(TokenClaims.SKEW))).isPresent()) {
      throw new InvalidValueException("the assertion is not valid yet");
    }
    var latest = issued.orElse(at.plus(TokenClaims.SKEW)).plus(LONGEST);
    if (expires.get().isAfter(latest)) {
      throw new InvalidValueException("the assertion lives longer than five minutes");
    }
    return until;
  }

  private static Optional<Instant> seconds(Value.Obj claims, String name) {
    return claims
        .get(name)
        .map(value -> {
          if (value instanceof Value.Int(long seconds)) {
            return Instant.ofEpochSecond(seconds);
          }
          throw new InvalidValueException("the assertion's `" + name + "` is not whole seconds");
        });
  }

  private static String id(Value.Obj claims) {
    return claims
        .text("jti")
        .filter(text -> !text.isEmpty() && text.length() <= LONGEST_ID)
        .orElseThrow(() -> new InvalidValueException("the assertion has no usable `jti`"));
  }
}
