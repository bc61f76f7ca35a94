package dev.remit.log;

import java.time.InstantSource;

/**
 * Cosigns checkpoints with an Ed25519 key (C2SP tlog-cosignature "Ed25519 signed message").
 *
 * <p>It signs whatever text it is given: whether the log grew rightly is the witness's business.
 * The key must serve this one witness and sign nothing else.
 */
public final class Ed25519Cosigner implements NoteSigner {
  private final Ed25519Signer key;
  private final Ed25519CosignatureVerifier verifier;
  private final InstantSource clock;

  /** The key of a signer, used for cosignatures from now on. */
  public Ed25519Cosigner(Ed25519Signer key, InstantSource clock) {
    this.key = key;
    this.clock = clock;
    this.verifier = key.verifier().forCosignatures();
  }

  public Ed25519CosignatureVerifier verifier() {
    return verifier;
  }

  @Override
  public KeyName name() {
    return verifier.name();
  }

  @Override
  public KeyId id() {
    return verifier.id();
  }

  @Override
  public byte[] sign(byte[] text) {
    long seconds = Cosignature.seconds(clock.instant());
    return Cosignature.encode(seconds, key.sign(Ed25519CosignatureVerifier.message(seconds, text)));
  }

  /** Name and id only. */
  @Override
  public String toString() {
    return name() + "+" + id();
  }
}
