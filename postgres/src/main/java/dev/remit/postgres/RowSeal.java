package dev.remit.postgres;

import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The server's word that it wrote a row: HMAC-SHA-256 (RFC 2104) under a key that the database
 * never sees. Whoever may write to the database alone makes no row that holds.
 *
 * <p>It does not find a row that was set back to an earlier one of its own, or deleted; the log of
 * entries does.
 */
public final class RowSeal {

  private final SecretKeySpec key;

  /** Seals under this secret of the installation: 32 bytes, the same on every replica. */
  public RowSeal(byte[] key) {
    if (key.length != 32) {
      throw new IllegalArgumentException("a seal's key has 32 bytes");
    }
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  /** The seal of what a row says. */
  String of(Value.Obj row) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(CanonicalJson.bytes(row)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /** Whether the row is as the server wrote it. */
  boolean holds(Value.Obj row, String seal) {
    return MessageDigest.isEqual(
        of(row).getBytes(java.nio.charset.StandardCharsets.US_ASCII),
        seal.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }
}
