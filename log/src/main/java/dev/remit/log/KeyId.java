package dev.remit.log;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The first four bytes of the hash of a key with its name and kind (C2SP signed-note "Signatures").
 *
 * <p>It finds a key among those the reader already has. It is short and proves nothing.
 */
public record KeyId(int value) {

  /** {@code SHA-256(name || 0x0A || type || public key)[:4]}. */
  public static KeyId of(KeyName name, byte signatureType, byte[] publicKey) {
    MessageDigest digest = Sha256.digest();
    digest.update(NoteText.encode(name.value()));
    digest.update((byte) '\n');
    digest.update(signatureType);
    digest.update(publicKey);
    return new KeyId(ByteBuffer.wrap(digest.digest()).getInt());
  }

  /** Eight lower-case hexadecimal digits, as in a verifier key. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(value);
  }
}
