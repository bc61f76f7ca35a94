package dev.remit.core.identity;

import dev.remit.core.value.InvalidValueException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What a workload must show to be taken for the registered one.
 *
 * @param match what its token or certificate must say
 * @param acceptsUnbound whether a token that is bound to no key will do, as for older agents that
 *     can hold none; everybody else needs a key on every call
 */
public record WorkloadProof(Match match, boolean acceptsUnbound) {

  /** Whoever shows this, bound to a key. */
  public static WorkloadProof of(Match match) {
    return new WorkloadProof(match, false);
  }

  /** The subject of an issuer, bound to a key. */
  public static WorkloadProof of(String issuer, String subject) {
    return of(new OfSubject(issuer, subject));
  }

  /** The same, for a workload whose tokens are bound to no key. */
  public WorkloadProof unbound() {
    return new WorkloadProof(match, true);
  }

  /** The same with another name in place of each issuer's. */
  public WorkloadProof withIssuers(UnaryOperator<String> name) {
    return new WorkloadProof(
        switch (match) {
          case OfSubject(String issuer, String subject) ->
              new OfSubject(name.apply(issuer), subject);
          case OfClaims(String issuer, Map<String, String> claims) ->
              new OfClaims(name.apply(issuer), claims);
          case OfSpiffe spiffe -> spiffe;
          case OfKeys keys -> keys;
          case OfRemit remit -> remit;
        },
        acceptsUnbound);
  }

  /** What a token or certificate says. */
  public sealed interface Match {}

  /** The subject of an issuer's tokens. */
  public record OfSubject(String issuer, String subject) implements Match {}

  /**
   * Claims of an issuer's tokens, all of which must be there as texts equal to these.
   *
   * @param claims by the name of a claim, or by a JSON Pointer (RFC 6901) into the claims
   */
  public record OfClaims(String issuer, Map<String, String> claims) implements Match {
    public OfClaims {
      claims = java.util.Collections.unmodifiableMap(new TreeMap<>(claims));
      if (claims.isEmpty()) {
        throw new InvalidValueException("claims that tell workloads apart must not be empty");
      }
    }
  }

  /** A SPIFFE ID, in an X.509-SVID or a JWT-SVID of its trust domain. */
  public record OfSpiffe(SpiffeId id) implements Match {}

  /**
   * A client's own signature (RFC 7523, section 2.2), by one of these keys; it proves the client at
   * the token endpoint and nowhere else.
   *
   * @param client the client's id, which is both issuer and subject of what it signs
   */
  public record OfKeys(String client, List<ClientKey> keys) implements Match {
    public OfKeys {
      keys = List.copyOf(keys);
      if (keys.isEmpty() || keys.stream().map(ClientKey::kid).distinct().count() < keys.size()) {
        throw new InvalidValueException("a client has keys, each with a `kid` of its own");
      }
    }
  }

  /** Remit itself: no token and no certificate is ever it. */
  public record OfRemit() implements Match {}
}
