package dev.remit.identity.secret;

import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Hkdf;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * Seals keys that all replicas share and the database stores: AES-256-GCM under a key derived from
 * the installation's secret (HKDF, RFC 5869), each under its own name.
 */
public final class KeySeal {

  private final AesGcmJce aead;

  /** Seals under this secret of the installation: 32 bytes, the same on every replica. */
  public KeySeal(byte[] secret) {
    if (secret.length != 32) {
      throw new IllegalArgumentException("a seal's secret has 32 bytes");
    }
    try {
      this.aead =
          new AesGcmJce(
              Hkdf.computeHkdf(
                  "HmacSha256", secret, new byte[0], bytes("remit task token keys"), 32));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  /** Seals this text under this name, in base64. */
  public String seal(String name, String text) {
    try {
      return Base64.getEncoder().encodeToString(aead.encrypt(bytes(text), bytes(name)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key cannot be sealed", e);
    }
  }

  /** Opens what was sealed under this name by this installation. */
  public String open(String name, String sealed) {
    try {
      return new String(
          aead.decrypt(Base64.getDecoder().decode(sealed), bytes(name)), StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new SecretUnreadableException(
          "a stored token key was changed or sealed by another installation; copy `keys/rows.key`"
              + " from the first replica",
          e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
