package dev.remit.log;

import java.security.PublicKey;
import java.util.Arrays;

/**
 * A witness's Ed25519 key (C2SP tlog-cosignature "Ed25519 signed message", {@code cosignature/v1}).
 *
 * <p>What is signed is the line {@code cosignature/v1}, the line {@code time N} and the whole text
 * of the checkpoint. The message does not hold the witness's name: one key serves one witness.
 */
public final class Ed25519CosignatureVerifier implements CosignatureVerifier {
  static final byte TYPE = 0x04;

  private final KeyName name;
  private final byte[] raw;
  private final PublicKey key;

  Ed25519CosignatureVerifier(KeyName name, byte[] raw) {
    this.name = name;
    this.raw = raw;
    this.key = Ed25519.publicKey(raw);
  }

  public static Ed25519CosignatureVerifier of(KeyName name, PublicKey key) {
    return new Ed25519CosignatureVerifier(name, Ed25519.raw(key));
  }

  @Override
  public KeyName name() {
    return name;
  }

  @Override
  public KeyId id() {
    return KeyId.of(name, TYPE, raw);
  }

  @Override
  public boolean verifies(byte[] text, byte[] signature) {
    try {
      Cosignature cosignature = Cosignature.parse(signature, Ed25519.SIGNATURE_BYTES);
      return Ed25519.verifies(key, message(cosignature.seconds(), text), cosignature.signature());
    } catch (InvalidLogDataException e) {
      return false;
    }
  }

  static byte[] message(long seconds, byte[] text) {
    byte[] head = NoteText.encode("cosignature/v1\ntime " + seconds + "\n");
    byte[] message = Arrays.copyOf(head, head.length + text.length);
    System.arraycopy(text, 0, message, head.length, text.length);
    return message;
  }

  /** The verifier key. */
  @Override
  public String toString() {
    return VerifierKey.of(name, TYPE, raw).toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ed25519CosignatureVerifier that
        && name.equals(that.name)
        && Arrays.equals(raw, that.raw);
  }

  @Override
  public int hashCode() {
    return id().value();
  }
}
