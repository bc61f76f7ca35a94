package dev.remit.identity.spiffe;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Whether two halves are of one key. */
final class KeyPairs {

  private static final byte[] WORDS = "two halves of one key".getBytes(StandardCharsets.US_ASCII);

  private KeyPairs() {}

  static boolean belong(PublicKey publicKey, PrivateKey privateKey) {
    var algorithm =
        switch (publicKey.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> "Ed25519";
        };
    try {
      var signing = Signature.getInstance(algorithm);
      signing.initSign(privateKey);
      signing.update(WORDS);
      var verifying = Signature.getInstance(algorithm);
      verifying.initVerify(publicKey);
      verifying.update(WORDS);
      return verifying.verify(signing.sign());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
