package dev.remit.log;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;

/**
 * Signs notes with an Ed25519 key held in this process (C2SP signed-note "Ed25519 signatures", RFC
 * 8032).
 *
 * <p>Private and public key are known to belong together. Equal text gives an equal signature. The
 * key is never part of its printed form.
 */
public final class Ed25519Signer implements NoteSigner {
  private final Ed25519Verifier verifier;
  private final PrivateKey key;

  private Ed25519Signer(Ed25519Verifier verifier, PrivateKey key) {
    this.verifier = verifier;
    this.key = key;
    byte[] probe = NoteText.encode(verifier.toString());
    if (!verifier.verifies(probe, sign(probe))) {
      throw new InvalidLogDataException("the private key does not belong to the verifier key");
    }
  }

  /** Makes a new key. */
  public static Ed25519Signer generate(KeyName name, SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(Ed25519.NAME);
      generator.initialize(NamedParameterSpec.ED25519, random);
      return of(name, generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this runtime cannot make ed25519 keys", e);
    }
  }

  public static Ed25519Signer of(KeyName name, KeyPair pair) {
    return new Ed25519Signer(Ed25519Verifier.of(name, pair.getPublic()), pair.getPrivate());
  }

  /** A stored key again: {@link #toPkcs8()} with the verifier key that was stored beside it. */
  public static Ed25519Signer fromPkcs8(Ed25519Verifier verifier, byte[] pkcs8) {
    try {
      PrivateKey key =
          KeyFactory.getInstance(Ed25519.NAME).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      return new Ed25519Signer(verifier, key);
    } catch (GeneralSecurityException e) {
      throw new InvalidLogDataException("the stored private key is no ed25519 key");
    }
  }

  /** The private key (RFC 8410 §7); the caller seals it. */
  public byte[] toPkcs8() {
    return key.getEncoded();
  }

  public Ed25519Verifier verifier() {
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
    try {
      Signature signature = Signature.getInstance(Ed25519.NAME);
      signature.initSign(key);
      signature.update(text);
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
