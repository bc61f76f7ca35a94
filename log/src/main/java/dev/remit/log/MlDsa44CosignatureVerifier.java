package dev.remit.log;

import java.security.PublicKey;
import java.util.Arrays;

/**
 * An ML-DSA-44 key of a witness, or of a log that cosigns its own checkpoints (C2SP
 * tlog-cosignature "ML-DSA-44 signed message", FIPS 204).
 *
 * <p>What is signed names the signer, the time, the log, the size and the root, and no extension
 * lines: those stand on the log's own signature alone.
 */
public final class MlDsa44CosignatureVerifier implements CosignatureVerifier, LogVerifier {
  private final KeyName name;
  private final byte[] raw;
  private final PublicKey key;

  MlDsa44CosignatureVerifier(KeyName name, byte[] raw) {
    this.name = name;
    this.raw = raw;
    this.key = MlDsa44.publicKey(raw);
  }

  public static MlDsa44CosignatureVerifier of(KeyName name, PublicKey key) {
    return new MlDsa44CosignatureVerifier(name, MlDsa44.raw(key));
  }

  @Override
  public KeyName name() {
    return name;
  }

  @Override
  public KeyId id() {
    return KeyId.of(name, MlDsa44.COSIGNATURE_TYPE, raw);
  }

  /** False too for a text that is no checkpoint: nothing else is cosigned. */
  @Override
  public boolean verifies(byte[] text, byte[] signature) {
    try {
      Cosignature cosignature = Cosignature.parse(signature, MlDsa44.SIGNATURE_BYTES);
      Checkpoint checkpoint = Checkpoint.parse(NoteText.decode(text));
      return MlDsa44.verifies(
          key, MlDsa44.message(name, cosignature.seconds(), checkpoint), cosignature.signature());
    } catch (InvalidLogDataException e) {
      return false;
    }
  }

  /** Whether this key made the signature over these bytes, which are no note. */
  boolean isOf(byte[] message, byte[] signature) {
    return MlDsa44.verifies(key, message, signature);
  }

  /** The verifier key. */
  @Override
  public String toString() {
    return VerifierKey.of(name, MlDsa44.COSIGNATURE_TYPE, raw).toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MlDsa44CosignatureVerifier that
        && name.equals(that.name)
        && Arrays.equals(raw, that.raw);
  }

  @Override
  public int hashCode() {
    return id().value();
  }
}
