package dev.remit.log;

/**
 * The public key of a witness: it says at a time that a checkpoint is consistent with all it has
 * seen of that log (C2SP tlog-cosignature "Format").
 *
 * <p>Its signatures are a time, eight bytes with the big end first, and what the algorithm gives.
 * It never speaks for the log itself, so it does not belong among a log's keys.
 */
public sealed interface CosignatureVerifier extends NoteVerifier
    permits Ed25519CosignatureVerifier, MlDsa44CosignatureVerifier {

  /** Reads a verifier key of either kind: Ed25519 (0x04) or ML-DSA-44 (0x06). */
  static CosignatureVerifier parse(String verifierKey) {
    return of(VerifierKey.parse(verifierKey));
  }

  /** As {@link #parse}, once read. */
  static CosignatureVerifier of(VerifierKey key) {
    return switch (key.type()) {
      case Ed25519CosignatureVerifier.TYPE -> new Ed25519CosignatureVerifier(key.name(), key.key());
      case MlDsa44.COSIGNATURE_TYPE -> new MlDsa44CosignatureVerifier(key.name(), key.key());
      default ->
          throw new InvalidLogDataException("a witness's key is of kind 0x04 or 0x06, not this");
    };
  }
}
