package dev.remit.json;

/** The sender's own words inside a message: shortened, and without anything that moves a cursor. */
final class Quoted {

  private static final int LONGEST = 64;

  private Quoted() {}

  static String shortened(String text) {
    var out = new StringBuilder();
    int end = text.offsetByCodePoints(0, Math.min(LONGEST, text.codePointCount(0, text.length())));
    text.substring(0, end).codePoints().map(Quoted::shown).forEach(out::appendCodePoint);
    return end < text.length() ? out.append('…').toString() : out.toString();
  }

  private static int shown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          '\ufffd';
      default -> c == '`' ? '\'' : c;
    };
  }
}
