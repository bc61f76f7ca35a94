package dev.remit.log;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One signature line of a note (C2SP signed-note "Format").
 *
 * <p>It names a key by name and id and says nothing on whether that key made it.
 */
public final class NoteSignature {
  static final String PREFIX = "— ";

  private final KeyName keyName;
  private final KeyId keyId;
  private final byte[] signature;

  private NoteSignature(KeyName keyName, KeyId keyId, byte[] signature) {
    if (signature.length == 0) {
      throw new InvalidLogDataException("a signature is not empty");
    }
    this.keyName = keyName;
    this.keyId = keyId;
    this.signature = signature;
  }

  public static NoteSignature of(KeyName keyName, KeyId keyId, byte[] signature) {
    return new NoteSignature(keyName, keyId, signature.clone());
  }

  /** Reads a line without its newline. */
  static NoteSignature parse(String line) {
    int space = line.lastIndexOf(' ');
    if (!line.startsWith(PREFIX) || space < PREFIX.length()) {
      throw new InvalidLogDataException("a signature line is a dash, a key name and base64");
    }
    KeyName name = new KeyName(line.substring(PREFIX.length(), space));
    byte[] blob = StrictBase64.decode(line.substring(space + 1), "signature");
    if (blob.length <= Integer.BYTES) {
      throw new InvalidLogDataException("a signature is longer than its key id");
    }
    KeyId id = new KeyId(ByteBuffer.wrap(blob).getInt());
    return new NoteSignature(name, id, Arrays.copyOfRange(blob, Integer.BYTES, blob.length));
  }

  public KeyName keyName() {
    return keyName;
  }

  public KeyId keyId() {
    return keyId;
  }

  /** The bytes after the key id. */
  public byte[] signature() {
    return signature.clone();
  }

  boolean isBy(NoteVerifier verifier) {
    return keyName.equals(verifier.name()) && keyId.equals(verifier.id());
  }

  /** The line without its newline. */
  @Override
  public String toString() {
    ByteBuffer blob = ByteBuffer.allocate(Integer.BYTES + signature.length);
    blob.putInt(keyId.value()).put(signature);
    return PREFIX + keyName + " " + StrictBase64.encode(blob.array());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NoteSignature that
        && keyName.equals(that.keyName)
        && keyId.equals(that.keyId)
        && Arrays.equals(signature, that.signature);
  }

  @Override
  public int hashCode() {
    return 31 * keyId.value() + Arrays.hashCode(signature);
  }
}
