package dev.remit.bench.identity;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;

/**
 * An issuer's key and the tokens it signs.
 *
 * @param alg the header {@code alg}
 * @param jca the name of the signature in the JCA
 */
record Signer(String alg, String jca, KeyPair pair) {

  private static final int RAW = 32;

  /** On P-256. */
  static Signer es256() {
    return of("ES256", "SHA256withECDSAinP1363Format", "EC", 256);
  }

  /** Ed25519. */
  static Signer ed25519() {
    return of("EdDSA", "Ed25519", "Ed25519", 255);
  }

  private static Signer of(String alg, String jca, String kind, int size) {
    try {
      var generator = KeyPairGenerator.getInstance(kind);
      generator.initialize(size);
      return new Signer(alg, jca, generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + kind, e);
    }
  }

  /** The public half, under the algorithm's name as its kid. */
  Value.Obj jwk() {
    if (pair.getPublic() instanceof ECPublicKey key) {
      return Value.object(
          "kty",
          "EC",
          "crv",
          "P-256",
          "kid",
          alg,
          "x",
          base64(fixed(key.getW().getAffineX().toByteArray())),
          "y",
          base64(fixed(key.getW().getAffineY().toByteArray())));
    }
    var encoded = pair.getPublic().getEncoded();
    return Value.object(
        "kty",
        "OKP",
        "crv",
        "Ed25519",
        "kid",
        alg,
        "x",
        base64(Arrays.copyOfRange(encoded, encoded.length - RAW, encoded.length)));
  }

  /** An access token (RFC 9068) with these claims. */
  String token(Value.Obj claims) {
    var header = Value.object("alg", alg, "typ", "at+jwt", "kid", alg);
    var text = base64(Json.bytes(header)) + "." + base64(Json.bytes(claims));
    return text + "." + base64(sign(text.getBytes(StandardCharsets.US_ASCII)));
  }

  byte[] sign(byte[] bytes) {
    try {
      var signature = Signature.getInstance(jca);
      signature.initSign(pair.getPrivate());
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key does not sign", e);
    }
  }

  private static byte[] fixed(byte[] number) {
    var fixed = new byte[RAW];
    int length = Math.min(RAW, number.length);
    System.arraycopy(number, number.length - length, fixed, RAW - length, length);
    return fixed;
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "Signer[" + alg + "]";
  }
}
