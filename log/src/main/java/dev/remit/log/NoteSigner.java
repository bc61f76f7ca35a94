package dev.remit.log;

/**
 * Something that can sign notes with one key (C2SP signed-note "Signatures").
 *
 * <p>The key itself may be elsewhere: in another process or on a token. A signer that cannot reach
 * it throws; it never gives an empty signature.
 */
public interface NoteSigner {
  KeyName name();

  KeyId id();

  /** The signature over the note's text, without the key id. */
  byte[] sign(byte[] text);
}
