package dev.remit.log;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A SHA-256 hash: of a leaf, of an interior node or of a whole tree (RFC 6962 §2.1).
 *
 * <p>Exactly 32 bytes, unchangeable; bytes are copied on the way in and on the way out. Equality
 * takes the same time wherever two hashes differ.
 */
public final class Hash {
  public static final int SIZE_BYTES = 32;

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Hash of(byte[] bytes) {
    if (bytes.length != SIZE_BYTES) {
      throw new InvalidLogDataException("a hash has 32 bytes, not " + bytes.length);
    }
    return new Hash(bytes.clone());
  }

  /** Standard base64 with padding (RFC 4648 §4), as in a checkpoint. */
  public static Hash fromBase64(String text) {
    return owning(StrictBase64.decode(text, "hash"));
  }

  public static Hash fromHex(String text) {
    try {
      return owning(HexFormat.of().parseHex(text));
    } catch (IllegalArgumentException e) {
      throw new InvalidLogDataException("a hash in hex has 64 digits");
    }
  }

  /** Takes the array over; the caller gives it up. */
  static Hash owning(byte[] bytes) {
    if (bytes.length != SIZE_BYTES) {
      throw new InvalidLogDataException("a hash has 32 bytes, not " + bytes.length);
    }
    return new Hash(bytes);
  }

  public byte[] toBytes() {
    return bytes.clone();
  }

  public String toBase64() {
    return StrictBase64.encode(bytes);
  }

  public String toHex() {
    return HexFormat.of().formatHex(bytes);
  }

  void addTo(MessageDigest digest) {
    digest.update(bytes);
  }

  void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, SIZE_BYTES);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash hash && MessageDigest.isEqual(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return toHex();
  }
}
