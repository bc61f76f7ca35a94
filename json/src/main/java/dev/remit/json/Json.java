package dev.remit.json;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * JSON text to {@link Value} and back: I-JSON (RFC 7493) over RFC 8259, and nothing more lenient.
 *
 * <p>Promises: any bytes give a value or an {@link InvalidValueException}, in time and memory
 * linear in their length. Refused are: more than {@link #MAX_BYTES}, nesting below {@link
 * #MAX_DEPTH}, duplicate names, anything after the value, a byte order mark, invalid UTF-8,
 * unpaired surrogates, and numbers that a double does not carry or that are beyond 2^53 - 1. What
 * it accepts it accepts again, equal, from {@code CanonicalJson} and from {@link #text}.
 */
public final class Json {

  /** How many bytes (of UTF-8) or characters a text may have. */
  public static final int MAX_BYTES = 16 * 1024 * 1024;

  /** How deep arrays and objects may nest. */
  public static final int MAX_DEPTH = 64;

  private Json() {}

  /** Reads UTF-8. */
  public static Value parse(byte[] utf8) {
    requireSize(utf8.length);
    return StrictReader.read(decode(utf8));
  }

  /** Reads text. */
  public static Value parse(String text) {
    requireSize(text.length());
    return StrictReader.read(text);
  }

  /** Reads UTF-8 that must be an object. */
  public static Value.Obj parseObject(byte[] utf8) {
    return requireObject(parse(utf8));
  }

  /** Reads text that must be an object. */
  public static Value.Obj parseObject(String text) {
    return requireObject(parse(text));
  }

  /** Plain JSON text without white space, members in the order in which they came. */
  public static String text(Value value) {
    return PlainText.of(value);
  }

  /** {@link #text} as UTF-8. */
  public static byte[] bytes(Value value) {
    return text(value).getBytes(StandardCharsets.UTF_8);
  }

  private static Value.Obj requireObject(Value value) {
    if (value instanceof Value.Obj object) {
      return object;
    }
    throw new InvalidValueException("the JSON text must be an object");
  }

  private static void requireSize(int size) {
    if (size > MAX_BYTES) {
      throw new InvalidValueException("the JSON text is larger than " + MAX_BYTES + " bytes");
    }
  }

  private static String decode(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(utf8))
          .toString();
    } catch (CharacterCodingException e) {
      throw new InvalidValueException("the JSON text is not valid UTF-8");
    }
  }
}
