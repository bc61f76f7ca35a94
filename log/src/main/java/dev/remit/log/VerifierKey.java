package dev.remit.log;

import java.util.Arrays;

/**
 * A public key with its name and kind in the text form that is handed to readers: {@code
 * name+id+base64(type || key)} (C2SP signed-note "Verifier keys").
 *
 * <p>Well formed, with an id that fits; whether the key itself is any good is for its kind to say.
 */
final class VerifierKey {
  private final KeyName name;
  private final byte type;
  private final byte[] key;

  private VerifierKey(KeyName name, byte type, byte[] key) {
    this.name = name;
    this.type = type;
    this.key = key;
  }

  static VerifierKey of(KeyName name, byte type, byte[] key) {
    return new VerifierKey(name, type, key.clone());
  }

  /** Reads it; its id has to fit its name and key. */
  static VerifierKey parse(String text) {
    int first = text.indexOf('+');
    int second = text.indexOf('+', first + 1);
    if (first < 0 || second < 0) {
      throw new InvalidLogDataException("a verifier key is `name+id+base64`");
    }
    byte[] typed = StrictBase64.decode(text.substring(second + 1), "verifier key");
    if (typed.length < 2) {
      throw new InvalidLogDataException("a verifier key holds a kind and a key");
    }
    var key =
        new VerifierKey(
            new KeyName(text.substring(0, first)),
            typed[0],
            Arrays.copyOfRange(typed, 1, typed.length));
    if (!key.id().toString().equals(text.substring(first + 1, second))) {
      throw new InvalidLogDataException("the verifier key's id does not fit its name and key");
    }
    return key;
  }

  KeyName name() {
    return name;
  }

  byte type() {
    return type;
  }

  /** The bytes after the kind. */
  byte[] key() {
    return key.clone();
  }

  KeyId id() {
    return KeyId.of(name, type, key);
  }

  /** Whether both wrap the same key, under whatever name and kind (C2SP tlog-policy). */
  boolean isSameKeyAs(VerifierKey other) {
    return Arrays.equals(key, other.key);
  }

  @Override
  public String toString() {
    byte[] typed = new byte[1 + key.length];
    typed[0] = type;
    System.arraycopy(key, 0, typed, 1, key.length);
    return name + "+" + id() + "+" + StrictBase64.encode(typed);
  }
}
