package dev.remit.web.people;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The challenge for a new key: random, for one session and five minutes, sealed so that the server
 * keeps nothing.
 */
final class KeyChallenge {

  static final Duration LIFE = Duration.ofMinutes(5);

  private static final int HEAD = 24;
  private static final int WHOLE = HEAD + 32;

  private KeyChallenge() {}

  /** 56 bytes, base64url: 16 random, the end in seconds, the seal. */
  static String fresh(Session session, Instant now, RandomGenerator random) {
    var nonce = new byte[16];
    random.nextBytes(nonce);
    var head =
        ByteBuffer.allocate(HEAD).put(nonce).putLong(now.plus(LIFE).getEpochSecond()).array();
    var whole = ByteBuffer.allocate(WHOLE).put(head).put(seal(session, head)).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
  }

  /** The bytes, if this session got them not too long ago. */
  static Optional<byte[]> opened(String text, Session session, Instant now) {
    byte[] whole;
    try {
      whole = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (whole.length != WHOLE) {
      return Optional.empty();
    }
    byte[] head = Arrays.copyOf(whole, HEAD);
    byte[] seal = Arrays.copyOfRange(whole, HEAD, WHOLE);
    boolean isOurs = MessageDigest.isEqual(seal, seal(session, head));
    boolean isInTime = now.getEpochSecond() < ByteBuffer.wrap(head).getLong(16);
    return isOurs && isInTime ? Optional.of(whole) : Optional.empty();
  }

  private static byte[] seal(Session session, byte[] head) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(session.csrf().getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
      mac.update("remit-new-key\n".getBytes(StandardCharsets.US_ASCII));
      mac.update(session.person().id().text().getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(head);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform lacks HmacSHA256", e);
    }
  }
}
