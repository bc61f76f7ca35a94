package dev.remit.log;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * ML-DSA-44 (FIPS 204) by the JDK's own provider, and the message that witnesses sign with it (C2SP
 * tlog-cosignature "ML-DSA-44 signed message"). Keys are 1312 bytes, as in RFC 9881 §4.
 */
final class MlDsa44 {
  static final String NAME = "ML-DSA-44";
  static final byte COSIGNATURE_TYPE = 0x06;
  static final int KEY_BYTES = 1312;
  static final int SIGNATURE_BYTES = 2420;

  private static final byte[] LABEL = NoteText.encode("subtree/v1\n\0");
  private static final byte[] SPKI_PREFIX =
      HexFormat.of().parseHex("30820532300b0609608648016503040311038205" + "2100");

  private MlDsa44() {}

  static PublicKey publicKey(byte[] raw) {
    if (raw.length != KEY_BYTES) {
      throw new InvalidLogDataException("an ml-dsa-44 key has 1312 bytes");
    }
    byte[] spki = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + KEY_BYTES);
    System.arraycopy(raw, 0, spki, SPKI_PREFIX.length, KEY_BYTES);
    try {
      return KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(spki));
    } catch (GeneralSecurityException e) {
      throw new InvalidLogDataException("the bytes are no ml-dsa-44 key");
    }
  }

  static byte[] raw(PublicKey key) {
    byte[] spki = key.getEncoded();
    if (spki == null
        || spki.length != SPKI_PREFIX.length + KEY_BYTES
        || !Arrays.equals(Arrays.copyOf(spki, SPKI_PREFIX.length), SPKI_PREFIX)) {
      throw new InvalidLogDataException("the key is not an ml-dsa-44 key");
    }
    return Arrays.copyOfRange(spki, SPKI_PREFIX.length, spki.length);
  }

  static boolean verifies(PublicKey key, byte[] message, byte[] signature) {
    if (signature.length != SIGNATURE_BYTES) {
      return false;
    }
    try {
      Signature check = Signature.getInstance(NAME);
      check.initVerify(key);
      check.update(message);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** The {@code cosigned_message} of a whole checkpoint: its start is 0 and its end is its size. */
  static byte[] message(KeyName cosigner, long seconds, Checkpoint checkpoint) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.write(LABEL);
      text(out, cosigner.value());
      out.writeLong(seconds);
      text(out, checkpoint.origin().value());
      out.writeLong(0);
      out.writeLong(checkpoint.head().size());
      out.write(checkpoint.head().root().toBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return bytes.toByteArray();
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] encoded = NoteText.encode(text);
    out.writeByte(encoded.length);
    out.write(encoded);
  }
}
