package dev.remit.log;

/**
 * Which log a checkpoint is of (C2SP tlog-checkpoint "Note text").
 *
 * <p>One line, not empty, at most 255 bytes of UTF-8 (as tlog-cosignature asks for). Usually a URL
 * without scheme; nothing needs to answer there.
 */
public record Origin(String value) {
  private static final int LIMIT_BYTES = 255;

  public Origin {
    if (value.isEmpty() || value.chars().anyMatch(c -> c < ' ')) {
      throw new InvalidLogDataException("an origin is one line of text");
    }
    NoteText.refuseLongerThan(LIMIT_BYTES, value, "origin");
  }

  @Override
  public String toString() {
    return value;
  }
}
