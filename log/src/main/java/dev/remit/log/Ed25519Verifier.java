package dev.remit.log;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;

/**
 * An Ed25519 public key for notes (C2SP signed-note "Ed25519 signatures", RFC 8032).
 *
 * <p>Its text form is the verifier key {@code name+id+base64(0x01 || key)} that is handed to
 * readers. Keys of small order and keys in an unusual encoding are refused.
 */
public final class Ed25519Verifier implements NoteVerifier {
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

  /** Reads a verifier key; its id has to fit its name and key. */
  public static Ed25519Verifier parse(String verifierKey) {
    int first = verifierKey.indexOf('+');
    int second = verifierKey.indexOf('+', first + 1);
    if (first < 0 || second < 0) {
      throw new InvalidLogDataException("a verifier key is `name+id+base64`");
    }
    byte[] typed = StrictBase64.decode(verifierKey.substring(second + 1), "verifier key");
    if (typed.length != 1 + Ed25519.KEY_BYTES || typed[0] != Ed25519.SIGNATURE_TYPE) {
      throw new InvalidLogDataException("only ed25519 verifier keys are known here");
    }
    KeyName name = new KeyName(verifierKey.substring(0, first));
    Ed25519Verifier verifier =
        new Ed25519Verifier(name, Arrays.copyOfRange(typed, 1, typed.length));
    if (!verifier.id.toString().equals(verifierKey.substring(first + 1, second))) {
      throw new InvalidLogDataException("the verifier key's id does not fit its name and key");
    }
    return verifier;
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
    if (signature.length != Ed25519.SIGNATURE_BYTES) {
      return false;
    }
    try {
      Signature check = Signature.getInstance(Ed25519.NAME);
      check.initVerify(key);
      check.update(text);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      // A key that is no point of the curve, or a signature out of range: it is not verified.
      return false;
    }
  }

  /** The verifier key. */
  @Override
  public String toString() {
    byte[] typed = new byte[1 + raw.length];
    typed[0] = Ed25519.SIGNATURE_TYPE;
    System.arraycopy(raw, 0, typed, 1, raw.length);
    return name + "+" + id + "+" + StrictBase64.encode(typed);
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
