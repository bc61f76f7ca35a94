package dev.remit.policy.reach;

/** Words of a workspace as text of an SVG document. */
final class SvgText {
  private SvgText() {}

  /** Escaped for text and attributes; characters that are not shown become a question mark. */
  static String escaped(String text) {
    var out = new StringBuilder();
    text.codePoints()
        .map(c -> isShown(c) ? c : '?')
        .forEach(c -> {
          switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> out.appendCodePoint(c);
          }
        });
    return out.toString();
  }

  private static boolean isShown(int c) {
    int type = Character.getType(c);
    return !Character.isISOControl(c)
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.UNASSIGNED;
  }

  /** How inherited authority stands, in words. */
  static String standing(String standing) {
    return switch (standing) {
      case "own" -> "has a tool there";
      case "accepted" -> "accepted";
      case "ended" -> "acceptance ended";
      default -> "NOT ACCEPTED";
    };
  }
}
