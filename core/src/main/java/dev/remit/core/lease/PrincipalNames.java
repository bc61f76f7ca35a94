package dev.remit.core.lease;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names of principals at targets, derived by keyed digest from installation and lease.
 *
 * <p>Promises: the name of a lease is the same on every replica and after a crash; two
 * installations do not share a prefix; nobody without the key can name a principal that will be
 * made. Form: {@code remit_<installation>_<24 hexadecimal digits>}, at most 47 characters.
 */
public final class PrincipalNames {

  private final SecretKeySpec key;
  private final String prefix;

  /**
   * Takes the installation's name (8 to 16 lower-case hexadecimal digits) and its secret key (32
   * bytes).
   */
  public PrincipalNames(String installation, byte[] key) {
    if (!installation.matches("[0-9a-f]{8,16}") || key.length != 32) {
      throw new IllegalArgumentException(
          "an installation has a hexadecimal name and a 32-byte key");
    }
    this.key = new SecretKeySpec(key, "HmacSHA256");
    this.prefix = "remit_" + installation + "_";
  }

  /** What all names of this installation begin with. */
  public String prefix() {
    return prefix;
  }

  /** The principal's name of this lease. */
  public String of(LeaseId lease) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      byte[] digest = mac.doFinal(lease.value().getBytes(StandardCharsets.UTF_8));
      return prefix + HexFormat.of().formatHex(digest, 0, 12);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
