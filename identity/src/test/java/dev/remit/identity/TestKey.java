package dev.remit.identity;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;

/** A key pair of an issuer, with its public JWK. */
record TestKey(KeyPair pair, Value.Obj jwk) {

  static TestKey ec(String kid) {
    var pair = generate("EC", 256);
    return of(
        pair, new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic()).keyID(kid).build());
  }

  static TestKey rsa(String kid, int bits) {
    var pair = generate("RSA", bits);
    return of(pair, new RSAKey.Builder((RSAPublicKey) pair.getPublic()).keyID(kid).build());
  }

  static TestKey ed25519(String kid) {
    var pair = generate("Ed25519", 255);
    byte[] encoded = pair.getPublic().getEncoded();
    var x = Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
    return of(pair, new OctetKeyPair.Builder(Curve.Ed25519, x).keyID(kid).build());
  }

  private static TestKey of(KeyPair pair, JWK jwk) {
    return new TestKey(pair, Json.parseObject(jwk.toPublicJWK().toJSONString()));
  }

  TestKey with(String member, Object value) {
    return new TestKey(pair, jwk.with(member, Value.object("x", value).get("x").orElseThrow()));
  }

  /** Signs with the algorithm, or with what the key is made for if it cannot do that. */
  byte[] sign(String alg, byte[] bytes) {
    try {
      var signature =
          switch (pair.getPrivate().getAlgorithm()) {
            case "EC" -> Signature.getInstance("SHA256withECDSAinP1363Format");
            case "RSA" ->
                Signature.getInstance(alg.equals("PS256") ? "RSASSA-PSS" : "SHA256withRSA");
            default -> Signature.getInstance("Ed25519");
          };
      if (alg.equals("PS256")) {
        signature.setParameter(
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
      }
      signature.initSign(pair.getPrivate());
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair generate(String algorithm, int size) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
