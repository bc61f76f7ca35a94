package dev.remit.log;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Cosigns checkpoints with an ML-DSA-44 key of the JDK (C2SP tlog-cosignature "ML-DSA-44 signed
 * message"); signatures stay valid against quantum computers.
 *
 * <p>It signs checkpoints only; equal text gives another signature each time.
 */
public final class MlDsa44Cosigner implements NoteSigner {
  private final MlDsa44CosignatureVerifier verifier;
  private final PrivateKey key;
  private final LongSupplier time;

  private MlDsa44Cosigner(MlDsa44CosignatureVerifier verifier, PrivateKey key, LongSupplier time) {
    this.verifier = verifier;
    this.key = key;
    this.time = time;
  }

  public static MlDsa44Cosigner of(KeyName name, KeyPair pair, InstantSource clock) {
    return of(name, pair, () -> Cosignature.seconds(clock.instant()));
  }

  private static MlDsa44Cosigner of(KeyName name, KeyPair pair, LongSupplier time) {
    return new MlDsa44Cosigner(
        MlDsa44CosignatureVerifier.of(name, pair.getPublic()), pair.getPrivate(), time);
  }

  /** Makes a new key. */
  public static MlDsa44Cosigner generate(KeyName name, SecureRandom random, InstantSource clock) {
    return of(name, pair(random), clock);
  }

  /** Makes a new key of a log, which says nothing of the time: it signs with a time of zero. */
  public static MlDsa44Cosigner forLog(KeyName name, SecureRandom random) {
    return of(name, pair(random), () -> 0);
  }

  private static KeyPair pair(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(MlDsa44.NAME);
      generator.initialize(java.security.spec.NamedParameterSpec.ML_DSA_44, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this runtime cannot make ml-dsa-44 keys", e);
    }
  }

  /**
   * A log's stored key again: {@link #toPkcs8()} with the verifier key that was stored beside it.
   */
  public static MlDsa44Cosigner forLog(MlDsa44CosignatureVerifier verifier, byte[] pkcs8) {
    try {
      PrivateKey key =
          KeyFactory.getInstance(MlDsa44.NAME).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      MlDsa44Cosigner signer = new MlDsa44Cosigner(verifier, key, () -> 0);
      byte[] probe = NoteText.encode("probe");
      if (!verifier.isOf(probe, signer.signature(probe))) {
        throw new InvalidLogDataException("the private key does not belong to the verifier key");
      }
      return signer;
    } catch (GeneralSecurityException e) {
      throw new InvalidLogDataException("the stored private key is no ml-dsa-44 key");
    }
  }

  /** The private key (RFC 9881); the caller seals it. */
  public byte[] toPkcs8() {
    return key.getEncoded();
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
    long seconds = time.getAsLong();
    Checkpoint checkpoint = Checkpoint.parse(NoteText.decode(text));
    return Cosignature.encode(seconds, signature(MlDsa44.message(name(), seconds, checkpoint)));
  }

  private byte[] signature(byte[] message) {
    try {
      Signature signature = Signature.getInstance(MlDsa44.NAME);
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
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
