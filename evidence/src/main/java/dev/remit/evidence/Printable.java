package dev.remit.evidence;

/**
 * Text that is safe to show on a terminal: entries hold words that outsiders chose.
 *
 * <p>Control characters, line and paragraph separators, and everything that turns or hides text
 * (Unicode category Cf) are shown as their code points.
 */
final class Printable {

  private Printable() {}

  static String of(String text) {
    if (text.codePoints().allMatch(Printable::isPlain)) {
      return text;
    }
    var out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(c -> {
          if (isPlain(c)) {
            out.appendCodePoint(c);
          } else {
            out.append(String.format("\\u{%x}", c));
          }
        });
    return out.toString();
  }

  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          false;
      default -> true;
    };
  }
}
