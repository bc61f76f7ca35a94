package dev.remit.lab.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Issues access tokens for agents: JWT profile of RFC 9068, ES256, ten minutes. The newest key
 * signs; older ones stay published until they are dropped. Thread safe.
 */
public final class Issuer {
  static final Duration LIFE = Duration.ofMinutes(10);
  static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");
  private final InstantSource clock;
  private final KeyStore store;
  private final List<ECKey> keys = new ArrayList<>();
  private String name = "";

  public Issuer(InstantSource clock, KeyStore store) {
    this.clock = clock;
    this.store = store;
    store.load().ifPresent(text -> keys.addAll(parse(text)));
    if (keys.isEmpty()) {
      rotate(false);
    }
  }

  /** Sets the issuer's URL once its port is known. */
  public synchronized void at(String url) {
    name = url;
  }

  public synchronized String name() {
    return name;
  }

  private static List<ECKey> parse(String text) {
    try {
      return JWKSet.parse(text).getKeys().stream().map(JWK::toECKey).toList();
    } catch (ParseException e) {
      throw new IllegalStateException("the issuer's key file cannot be read", e);
    }
  }

  /** Signs with a new key from now on. */
  public synchronized String rotate(boolean dropOlder) {
    ECKey key = newKey();
    if (dropOlder) {
      keys.clear();
    }
    keys.addFirst(key);
    store.save(new JWKSet(List.copyOf(keys)).toString(false));
    return key.getKeyID();
  }

  static ECKey newKey() {
    try {
      return new ECKeyGenerator(Curve.P_256)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .keyID("lab-" + UUID.randomUUID())
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  synchronized ECKey key() {
    return keys.getFirst();
  }

  /** The public keys. */
  public synchronized Map<String, Object> publicKeys() {
    return new JWKSet(List.copyOf(keys)).toJSONObject(true);
  }

  /** A proper token. */
  public String token(String subject, String audience) {
    return sign(ACCESS_TOKEN, claims(subject, audience).build(), key());
  }

  JWTClaimsSet.Builder claims(String subject, String audience) {
    Instant now = clock.instant();
    return new JWTClaimsSet.Builder()
        .issuer(name())
        .subject(subject)
        .audience(audience)
        .claim("client_id", subject)
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(LIFE)))
        .jwtID(UUID.randomUUID().toString());
  }

  static String sign(JOSEObjectType type, JWTClaimsSet claims, ECKey key) {
    try {
      JWSHeader header =
          new JWSHeader.Builder(JWSAlgorithm.ES256).type(type).keyID(key.getKeyID()).build();
      SignedJWT jwt = new SignedJWT(header, claims);
      jwt.sign(new ECDSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
