package dev.remit.identity.binding;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import dev.remit.core.call.Sha256;
import dev.remit.core.value.Value;
import dev.remit.identity.Instances;
import dev.remit.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A client's key and the proofs made with it (RFC 9449, section 4.2): ES256 on P-256. What an agent
 * holds, and never the server.
 */
public final class DpopKey {

  private static final int ID_BYTES = 16;

  private final KeyPair pair;
  private final Value.Obj jwk;
  private final String thumbprint;
  private final String header;
  private final RandomGenerator random;

  /**
   * Uses this key pair, which must be on P-256.
   *
   * @param random for the names of proofs
   */
  public DpopKey(KeyPair pair, RandomGenerator random) {
    this.pair = pair;
    this.random = random;
    this.thumbprint = Instances.thumbprint(pair.getPublic());
    this.jwk =
        Json.parseObject(
            new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic()).build().toJSONString());
    this.header = base64(Json.text(Value.object("typ", "dpop+jwt", "alg", "ES256", "jwk", jwk)));
  }

  /** Makes a new key. */
  public static DpopKey generate(RandomGenerator random) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return new DpopKey(generator.generateKeyPair(), random);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }

  /** The key's thumbprint (RFC 7638). */
  public String thumbprint() {
    return thumbprint;
  }

  /** The public half as a JWK. */
  public Value.Obj jwk() {
    return jwk;
  }

  /** The whole key as a JWK with its private half, for whoever must keep it. */
  public String secretJwk() {
    try {
      var key =
          new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic())
              .privateKey(pair.getPrivate())
              .keyIDFromThumbprint()
              .build();
      return key.toJSONString();
    } catch (JOSEException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * A proof for one request.
   *
   * @param uri the address without query and fragment
   * @param token the access token that goes with it; empty at a token endpoint
   * @param nonce what the server asked for last
   */
  public String proof(
      String method, String uri, Optional<String> token, Optional<String> nonce, Instant now) {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    var claims =
        Value.object("jti", base64(id), "htm", method, "htu", uri, "iat", now.getEpochSecond());
    if (token.isPresent()) {
      byte[] ath = Sha256.raw(token.get().getBytes(StandardCharsets.US_ASCII));
      claims = claims.with("ath", Value.of(base64(ath)));
    }
    if (nonce.isPresent()) {
      claims = claims.with("nonce", Value.of(nonce.get()));
    }
    return signed(header, claims);
  }

  /** A JWT of these parts; for those who prove what becomes of wrong ones. */
  public String signed(Value.Obj header, Value.Obj claims) {
    return signed(base64(Json.text(header)), claims);
  }

  private String signed(String encodedHeader, Value.Obj claims) {
    String text = encodedHeader + "." + base64(Json.text(claims));
    try {
      var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(pair.getPrivate());
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return text + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this key cannot sign", e);
    }
  }

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "DpopKey[" + thumbprint + "]";
  }
}
