package dev.remit.policy;

/**
 * One Cedar policy before it is parsed.
 *
 * @param id empty for a hand-written policy, whose id is in its annotations
 * @param isVerbatim whether lines of the text are lines of the file, so that errors can be placed
 */
record PolicyText(String id, Layer layer, Origin origin, String text, boolean isVerbatim) {
  PolicyText named(String name) {
    return new PolicyText(name, layer, origin, text, isVerbatim);
  }

  /** The place of a UTF-8 offset inside the text. */
  Origin at(int offset) {
    if (!isVerbatim) {
      return origin;
    }
    var bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    int line = origin.line();
    for (int i = 0; i < Math.min(offset, bytes.length); i++) {
      if (bytes[i] == '\n') {
        line++;
      }
    }
    return new Origin(origin.file(), line);
  }
}
