package dev.remit.identity;

import dev.remit.core.tenant.Environment;
import dev.remit.core.value.InvalidValueException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * An issuer whose access tokens prove workloads, as the server's own configuration lists it.
 *
 * @param issuer the exact {@code iss} of its tokens
 * @param jwksUri where its public keys are: https, or http on a loopback address
 * @param audience the one audience that its tokens must name: this installation
 * @param algorithms the signature algorithms it may use
 * @param maxLifetime the longest life of a token, at most an hour
 * @param acceptsPlainType whether {@code typ} may be {@code JWT} or missing, for issuers that do
 *     not follow RFC 9068
 * @param isLab whether it is the issuer of a lab estate; the kids of lab keys begin with {@code
 *     lab-}, and such keys are believed from no other issuer
 * @param environments of the workloads that it can prove; of none, if empty
 */
public record TrustedIssuer(
    String issuer,
    URI jwksUri,
    String audience,
    Set<SigningAlgorithm> algorithms,
    Duration maxLifetime,
    boolean acceptsPlainType,
    boolean isLab,
    Set<Environment> environments) {

  /** The longest life of a token from any issuer. */
  public static final Duration LONGEST_LIFETIME = Duration.ofHours(1);

  private static final Set<Environment> EVERYWHERE = Set.of(Environment.values());

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

  public TrustedIssuer {
    algorithms = Set.copyOf(algorithms);
    environments = Set.copyOf(environments);
    if (issuer.isBlank() || audience.isBlank() || algorithms.isEmpty()) {
      throw new InvalidValueException(
          "issuer `" + issuer + "` needs a name, an audience and at least one algorithm");
    }
    if (!maxLifetime.isPositive() || maxLifetime.compareTo(LONGEST_LIFETIME) > 0) {
      throw new InvalidValueException(
          "tokens of issuer `" + issuer + "` must live more than zero and at most an hour");
    }
    boolean isLoopback =
        "http".equals(jwksUri.getScheme())
            && jwksUri.getHost() != null
            && LOOPBACK.contains(jwksUri.getHost());
    if (jwksUri.getHost() == null || !("https".equals(jwksUri.getScheme()) || isLoopback)) {
      throw new InvalidValueException(
          "keys of issuer `" + issuer + "` must be at an https address, or http on loopback");
    }
  }

  /** An issuer with every default: all algorithms and environments, an hour, RFC 9068 types. */
  public static TrustedIssuer of(String issuer, URI jwksUri, String audience) {
    return new TrustedIssuer(
        issuer,
        jwksUri,
        audience,
        SigningAlgorithm.ALL,
        LONGEST_LIFETIME,
        false,
        false,
        EVERYWHERE);
  }

  /** The same issuer, marked as that of a lab estate. */
  public TrustedIssuer asLab() {
    return new TrustedIssuer(
        issuer, jwksUri, audience, algorithms, maxLifetime, acceptsPlainType, true, environments);
  }

  /** The same issuer, which proves workloads of these environments only. */
  public TrustedIssuer within(Set<Environment> only) {
    return new TrustedIssuer(
        issuer, jwksUri, audience, algorithms, maxLifetime, acceptsPlainType, isLab, only);
  }

  /** The same issuer with these algorithms only. */
  public TrustedIssuer withAlgorithms(Set<SigningAlgorithm> only) {
    return new TrustedIssuer(
        issuer, jwksUri, audience, only, maxLifetime, acceptsPlainType, isLab, environments);
  }

  /** The same issuer, whose tokens may also be of type {@code JWT}. */
  public TrustedIssuer withPlainType() {
    return new TrustedIssuer(
        issuer, jwksUri, audience, algorithms, maxLifetime, true, isLab, environments);
  }
}
