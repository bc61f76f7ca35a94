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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An issuer's keys for ES256. The newest signs; older ones stay published until they are dropped.
 * Thread safe.
 */
public final class SigningKeys {
  private final KeyStore store;
  private final List<ECKey> keys = new ArrayList<>();

  /** Takes the kept keys, or makes the first one. */
  public SigningKeys(KeyStore store) {
    this.store = store;
    store.load().ifPresent(text -> keys.addAll(parse(text)));
    if (keys.isEmpty()) {
      rotate(false);
    }
  }

  private static List<ECKey> parse(String text) {
    try {
      return JWKSet.parse(text).getKeys().stream().map(JWK::toECKey).toList();
    } catch (ParseException e) {
      throw new IllegalStateException("the issuer's key file cannot be read", e);
    }
  }

  /** Signs with a new key from now on; answers its id. */
  public synchronized String rotate(boolean dropOlder) {
    ECKey key = newKey();
    if (dropOlder) {
      keys.clear();
    }
    keys.addFirst(key);
    store.save(new JWKSet(List.copyOf(keys)).toString(false));
    return key.getKeyID();
  }

  /** A key of nobody. */
  public static ECKey newKey() {
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

  /** The key that signs. */
  public synchronized ECKey key() {
    return keys.getFirst();
  }

  /** The public keys. */
  public synchronized Map<String, Object> publicKeys() {
    return new JWKSet(List.copyOf(keys)).toJSONObject(true);
  }

  /** Signs the claims. */
  public static String sign(JOSEObjectType type, JWTClaimsSet claims, ECKey key) {
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
