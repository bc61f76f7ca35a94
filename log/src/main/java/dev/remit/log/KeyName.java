package dev.remit.log;

/**
 * The name of a key in a note's signature line (C2SP signed-note "Format").
 *
 * <p>Not empty, without spaces of any kind, plus signs and control characters, and at most 255
 * bytes of UTF-8 (as tlog-cosignature "ML-DSA-44 signed message" asks for). Usually a URL without
 * scheme; nothing needs to answer there.
 */
public record KeyName(String value) {
  private static final int LIMIT_BYTES = 255;

  public KeyName {
    if (value.isEmpty()) {
      throw new InvalidLogDataException("a key name is not empty");
    }
    if (value.indexOf('+') >= 0
        || value.codePoints().anyMatch(c -> c < ' ' || NoteText.isSpace(c))) {
      throw new InvalidLogDataException("a key name has no spaces and no plus sign");
    }
    NoteText.refuseLongerThan(LIMIT_BYTES, value, "key name");
  }

  @Override
  public String toString() {
    return value;
  }
}
