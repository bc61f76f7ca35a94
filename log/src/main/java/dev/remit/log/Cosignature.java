package dev.remit.log;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/**
 * A time and the signature that covers it: the {@code timestamped_signature} of C2SP
 * tlog-cosignature "Format".
 *
 * <p>Form only; nothing has been verified.
 */
final class Cosignature {
  private final long seconds;
  private final byte[] signature;

  private Cosignature(long seconds, byte[] signature) {
    this.seconds = seconds;
    this.signature = signature;
  }

  static byte[] encode(long seconds, byte[] signature) {
    return ByteBuffer.allocate(Long.BYTES + signature.length)
        .putLong(seconds)
        .put(signature)
        .array();
  }

  static Cosignature parse(byte[] bytes, int signatureBytes) {
    if (bytes.length != Long.BYTES + signatureBytes) {
      throw new InvalidLogDataException("a cosignature is a time and a signature");
    }
    long seconds = ByteBuffer.wrap(bytes).getLong();
    if (seconds < 0) {
      throw new InvalidLogDataException("a cosignature's time is below 2^63");
    }
    return new Cosignature(seconds, Arrays.copyOfRange(bytes, Long.BYTES, bytes.length));
  }

  /** Seconds since 1970, for signers. */
  static long seconds(Instant at) {
    if (at.getEpochSecond() <= 0) {
      throw new IllegalStateException("the clock stands before 1970: a witness needs the time");
    }
    return at.getEpochSecond();
  }

  long seconds() {
    return seconds;
  }

  byte[] signature() {
    return signature.clone();
  }
}
