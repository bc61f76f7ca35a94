package dev.remit.core.call;

import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 digests as lower-case hexadecimal text with the prefix {@code sha256:}. */
public final class Sha256 {

  private Sha256() {}

  /** The digest of a value's canonical bytes. */
  public static String of(Value value) {
    return of(CanonicalJson.bytes(value));
  }

  /** The digest of these bytes. */
  public static String of(byte[] bytes) {
    return "sha256:" + HexFormat.of().formatHex(raw(bytes));
  }

  /** The 32 bytes of the digest. */
  public static byte[] raw(byte[]... parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
