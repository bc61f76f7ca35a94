package dev.remit.connectors.ssh;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/**
 * Serial numbers of certificates: the end of the lease in seconds, and 32 bits of the digest of its
 * principal's name.
 *
 * <p>Promises: whoever knows a lease knows its serial, before and after a crash; a serial says when
 * its certificate ends, so a revocation list forgets it then without anybody remembering. Two
 * leases that end in the same second share a serial with a chance of one in four thousand million;
 * then one is revoked with the other.
 */
final class Serials {
  private Serials() {}

  static long of(String principal, Instant end) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var bytes = digest.digest(principal.getBytes(StandardCharsets.UTF_8));
      return endSecond(end) << 32 | Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** When the certificate of this serial ends. */
  static Instant end(long serial) {
    return Instant.ofEpochSecond(serial >>> 32);
  }

  private static long endSecond(Instant end) {
    return end.getNano() == 0 ? end.getEpochSecond() : end.getEpochSecond() + 1;
  }
}
