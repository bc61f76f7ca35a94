package dev.remit.log;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The rules for characters that hold everywhere in a note (C2SP signed-note "Format"). */
final class NoteText {
  private NoteText() {}

  /** Decodes; anything that is not exactly UTF-8 is refused and never replaced. */
  static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidLogDataException("a note is utf-8 text");
    }
  }

  static byte[] encode(String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new InvalidLogDataException("the text cannot be written as utf-8");
    }
  }

  static void refuseControlCharacters(String text) {
    if (text.chars().anyMatch(c -> c < ' ' && c != '\n')) {
      throw new InvalidLogDataException("a note has no control characters but the newline");
    }
  }

  static void refuseLongerThan(int limitBytes, String text, String what) {
    if (encode(text).length > limitBytes) {
      throw new InvalidLogDataException("the " + what + " has more than " + limitBytes + " bytes");
    }
  }

  static boolean isSpace(int codePoint) {
    return Character.isWhitespace(codePoint)
        || Character.isSpaceChar(codePoint)
        || codePoint == 0x85;
  }
}
