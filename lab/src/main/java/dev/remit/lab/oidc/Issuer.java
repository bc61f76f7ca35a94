package dev.remit.lab.oidc;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Issues access tokens for agents: JWT profile of RFC 9068, ES256, ten minutes. Thread safe. */
public final class Issuer {
  static final Duration LIFE = Duration.ofMinutes(10);
  static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");
  private final InstantSource clock;
  private final SigningKeys keys;
  private volatile String name = "";

  public Issuer(InstantSource clock, KeyStore store) {
    this.clock = clock;
    this.keys = new SigningKeys(store);
  }

  /** Sets the issuer's URL once its port is known. */
  public void at(String url) {
    name = url;
  }

  public String name() {
    return name;
  }

  /** Where tokens are given. */
  String tokenEndpoint() {
    return name + "/token";
  }

  /** A check of proofs with this issuer's clock. */
  ProofOfKey proofs() {
    return new ProofOfKey(clock);
  }

  /** Signs with a new key from now on. */
  public String rotate(boolean dropOlder) {
    return keys.rotate(dropOlder);
  }

  ECKey key() {
    return keys.key();
  }

  /** The public keys. */
  public Map<String, Object> publicKeys() {
    return keys.publicKeys();
  }

  /**
   * A proper token.
   *
   * @param thumbprint of the key that it is bound to (RFC 9449, section 6.1); empty for a bearer's
   */
  public String token(String subject, String audience, Optional<String> thumbprint) {
    return SigningKeys.sign(ACCESS_TOKEN, claims(subject, audience, thumbprint).build(), key());
  }

  JWTClaimsSet.Builder claims(String subject, String audience, Optional<String> thumbprint) {
    Instant now = clock.instant();
    JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder();
    thumbprint.ifPresent(key -> claims.claim("cnf", Map.of("jkt", key)));
    return claims
        .issuer(name())
        .subject(subject)
        .audience(audience)
        .claim("client_id", subject)
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(LIFE)))
        .jwtID(UUID.randomUUID().toString());
  }
}
