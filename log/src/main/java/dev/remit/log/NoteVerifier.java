package dev.remit.log;

/**
 * A public key that the reader trusts, and how its signatures are checked (C2SP signed-note
 * "Signatures").
 *
 * <p>Name and id together say which signature lines are its own. Other kinds of signature (witness
 * cosignatures, ML-DSA-44) are further implementations.
 */
public interface NoteVerifier {
  KeyName name();

  KeyId id();

  /** Whether the bytes after the key id are this key's signature over the note's text. */
  boolean verifies(byte[] text, byte[] signature);
}
