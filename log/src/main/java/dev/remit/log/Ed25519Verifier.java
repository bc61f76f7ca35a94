package dev.remit.log;

import java.security.PublicKey;
import java.util.Arrays;

/**
 * An Ed25519 public key for notes (C2SP signed-note "Ed25519 signatures", RFC 8032).
 *
 * <p>Its text form is the verifier key {@code name+id+base64(0x01 || key)} that is handed to
 * readers. Keys of small order and keys in an unusual encoding are refused.
 */
public final class Ed25519Verifier implements LogVerifier {
  private final KeyName name;
  private final KeyId id;
  private final byte[] raw;
  private final PublicKey key;

  private Ed25519Verifier(KeyName name, byte[] raw) {
    this.name = name;
    this.raw = raw;
    this.key = Ed25519.publicKey(raw);
    this.id = KeyId.of(name, Ed25519.SIGNATURE_TYPE, raw);
  }

  public static Ed25519Verifier of(KeyName name, PublicKey key) {
    return new Ed25519Verifier(name, Ed25519.raw(key));
  }

  /** From the 32 bytes of a key (RFC 8032 §5.1.5). */
  public static Ed25519Verifier of(KeyName name, byte[] key) {
    return new Ed25519Verifier(name, key.clone());
  }

  /** Reads a verifier key; its id has to fit its name and key. */
  public static Ed25519Verifier parse(String verifierKey) {
    VerifierKey parsed = VerifierKey.parse(verifierKey);
    if (parsed.type() != Ed25519.SIGNATURE_TYPE) {
      throw new InvalidLogDataException("only ed25519 verifier keys are known here");
    }
    return new Ed25519Verifier(parsed.name(), parsed.key());
  }

  /** The same name and key as those of a witness (C2SP tlog-cosignature). */
  Ed25519CosignatureVerifier forCosignatures() {
    return new Ed25519CosignatureVerifier(name, raw.clone());
  }

  @Override
  public KeyName name() {
    return name;
  }

  @Override
  public KeyId id() {
    return id;
  }

  @Override
  public boolean verifies(byte[] text, byte[] signature) {
    return Ed25519.verifies(key, text, signature);
  }

  /** The verifier key. */
  @Override
  public String toString() {
    return VerifierKey.of(name, Ed25519.SIGNATURE_TYPE, raw).toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ed25519Verifier that
        && name.equals(that.name)
        && Arrays.equals(raw, that.raw);
  }

  @Override
  public int hashCode() {
    return id.value();
  }
}
