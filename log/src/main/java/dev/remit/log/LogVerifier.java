package dev.remit.log;

/**
 * The public key of a log: Ed25519 as of C2SP signed-note, or ML-DSA-44 as of C2SP
 * tlog-cosignature, which is what tlog-checkpoint ("Signatures") asks of a log that signs with it.
 *
 * <p>A key of a witness is of the same kind as the latter; what speaks for a log is said by where
 * the reader names it, and no key may be named as both.
 */
public sealed interface LogVerifier extends NoteVerifier
    permits Ed25519Verifier, MlDsa44CosignatureVerifier {

  /** Reads a verifier key of either kind: Ed25519 (0x01) or ML-DSA-44 (0x06). */
  static LogVerifier parse(String verifierKey) {
    return of(VerifierKey.parse(verifierKey));
  }

  /** As {@link #parse}, once read. */
  static LogVerifier of(VerifierKey key) {
    return switch (key.type()) {
      case Ed25519.SIGNATURE_TYPE -> Ed25519Verifier.parse(key.toString());
      case MlDsa44.COSIGNATURE_TYPE -> new MlDsa44CosignatureVerifier(key.name(), key.key());
      default -> throw new InvalidLogDataException("a log's key is of kind 0x01 or 0x06, not this");
    };
  }
}
