package dev.remit.identity.binding;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The nonces of one replica (RFC 9449, section 8): nothing is stored of them.
 *
 * <p>A nonce is the replica's name, the slot of time it was made in, and an HMAC of both under a
 * key that this process made and never tells. Another replica's, an earlier process's and an old
 * one are all the same: not a nonce of ours.
 */
public final class Nonces {

  /** How long a nonce is good, at least; a slot more at most. */
  public static final Duration LIFE = Duration.ofMinutes(2);

  private static final long SLOT_SECONDS = 10;
  private static final long SLOTS = LIFE.toSeconds() / SLOT_SECONDS;
  private static final int MAC_BYTES = 16;
  private static final int LONGEST = 200;

  private final String replica;
  private final SecretKeySpec key;

  /**
   * The nonces of this replica.
   *
   * @param replica its name: letters, digits and hyphens
   */
  public Nonces(String replica, RandomGenerator random) {
    if (!replica.matches("[A-Za-z0-9-]{1,64}")) {
      throw new IllegalArgumentException("a replica's name is letters, digits and hyphens");
    }
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    this.replica = replica;
    this.key = new SecretKeySpec(secret, "HmacSHA256");
  }

  /** The nonce of this moment. */
  public String at(Instant now) {
    return of(slot(now));
  }

  /** The slot of time that a nonce is of; empty unless it is ours and good at this moment. */
  OptionalLong slotOf(String nonce, Instant now) {
    int last = nonce.lastIndexOf('.');
    int first = nonce.indexOf('.');
    if (nonce.length() > LONGEST || first < 0 || first == last) {
      return OptionalLong.empty();
    }
    long slot;
    try {
      slot = Long.parseLong(nonce, first + 1, last, 36);
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
    boolean isLive = slot <= slot(now) && slot >= slot(now) - SLOTS;
    boolean isOurs =
        isLive
            && MessageDigest.isEqual(
                nonce.getBytes(StandardCharsets.UTF_8), of(slot).getBytes(StandardCharsets.UTF_8));
    return isOurs ? OptionalLong.of(slot) : OptionalLong.empty();
  }

  /** The oldest slot whose nonces are good at this moment. */
  static long oldestSlot(Instant now) {
    return slot(now) - SLOTS;
  }

  private static long slot(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), SLOT_SECONDS);
  }

  private String of(long slot) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(replica.getBytes(StandardCharsets.US_ASCII));
      byte[] full = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(slot).array());
      return replica
          + "."
          + Long.toString(slot, 36)
          + "."
          + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(full, MAC_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
