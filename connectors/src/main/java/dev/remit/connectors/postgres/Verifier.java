package dev.remit.connectors.postgres;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A random password and its SCRAM-SHA-256 verifier (RFC 5802, RFC 7677), so that the password
 * itself never stands in an SQL statement, which a database may log.
 *
 * <p>RFC 7677 asks for 4,096 rounds because people choose guessable passwords; nobody guesses 192
 * random bits, and the rounds would cost client and server more than all else in a role's life.
 */
record Verifier(String password, String text) {
  private static final int ITERATIONS = 16;

  static Verifier random(SecureRandom random) {
    byte[] secret = new byte[24];
    byte[] salt = new byte[16];
    random.nextBytes(secret);
    random.nextBytes(salt);
    var password = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    return new Verifier(password, verifier(password, salt));
  }

  private static String verifier(String password, byte[] salt) {
    try {
      var spec = new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, 256);
      byte[] salted =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
      byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(hmac(salted, "Client Key"));
      var base64 = Base64.getEncoder();
      return "SCRAM-SHA-256$%d:%s$%s:%s"
          .formatted(
              ITERATIONS,
              base64.encodeToString(salt),
              base64.encodeToString(storedKey),
              base64.encodeToString(hmac(salted, "Server Key")));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has PBKDF2 and HMAC-SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "Verifier[]";
  }
}
