package dev.remit.log;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.InstantSource;

/**
 * Cosigns checkpoints with an ML-DSA-44 key of the JDK (C2SP tlog-cosignature "ML-DSA-44 signed
 * message"); signatures stay valid against quantum computers.
 *
 * <p>It signs checkpoints only; equal text gives another signature each time.
 */
public final class MlDsa44Cosigner implements NoteSigner {
  private final MlDsa44CosignatureVerifier verifier;
  private final PrivateKey key;
  private final InstantSource clock;

  private MlDsa44Cosigner(
      MlDsa44CosignatureVerifier verifier, PrivateKey key, InstantSource clock) {
    this.verifier = verifier;
    this.key = key;
    this.clock = clock;
  }

  public static MlDsa44Cosigner of(KeyName name, KeyPair pair, InstantSource clock) {
    return new MlDsa44Cosigner(
        MlDsa44CosignatureVerifier.of(name, pair.getPublic()), pair.getPrivate(), clock);
  }

  /** Makes a new key. */
  public static MlDsa44Cosigner generate(KeyName name, SecureRandom random, InstantSource clock) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(MlDsa44.NAME);
      generator.initialize(java.security.spec.NamedParameterSpec.ML_DSA_44, random);
      return of(name, generator.generateKeyPair(), clock);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this runtime cannot make ml-dsa-44 keys", e);
    }
  }

  public MlDsa44CosignatureVerifier verifier() {
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
    Checkpoint checkpoint = Checkpoint.parse(NoteText.decode(text));
    try {
      Signature signature = Signature.getInstance(MlDsa44.NAME);
      signature.initSign(key);
      signature.update(MlDsa44.message(name(), seconds, checkpoint));
      return Cosignature.encode(seconds, signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing failed", e);
    }
  }

  /** Name and id only. */
  @Override
  public String toString() {
    return name() + "+" + id();
  }
}
