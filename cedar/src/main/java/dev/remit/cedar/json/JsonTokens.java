package dev.remit.cedar.json;

/** The tokens of a JSON text. */
final class JsonTokens {
  private final String text;
  private int at;

  JsonTokens(String text) {
    this.text = text;
  }

  /** The first character of the next token. */
  char peek() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (at >= text.length()) {
      throw new RefusedException("the json text ends too early");
    }
    return text.charAt(at);
  }

  void take(char expected) {
    if (peek() != expected) {
      throw wrong("`" + expected + "` is expected");
    }
    at++;
  }

  void end() {
    while (at < text.length()) {
      if (" \t\r\n".indexOf(text.charAt(at)) < 0) {
        throw wrong("the json text should end");
      }
      at++;
    }
  }

  Json scalar() {
    return switch (peek()) {
      case '"' -> new Json.Str(string());
      case 't' -> word("true", new Json.Bool(true));
      case 'f' -> word("false", new Json.Bool(false));
      case 'n' -> word("null", new Json.Null());
      default -> number();
    };
  }

  private Json word(String word, Json value) {
    if (!text.startsWith(word, at)) {
      throw wrong("no json value");
    }
    at += word.length();
    return value;
  }

  private Json number() {
    int start = at;
    if (text.charAt(at) == '-') {
      at++;
    }
    int digits = at;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    if (at == digits || (text.charAt(digits) == '0' && at > digits + 1)) {
      throw wrong("no json value");
    }
    if (at < text.length() && ".eE".indexOf(text.charAt(at)) >= 0) {
      throw wrong("only whole numbers are allowed");
    }
    try {
      return new Json.Num(Long.parseLong(text, start, at, 10));
    } catch (NumberFormatException e) {
      throw wrong("a number does not fit into 64 bits");
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  String string() {
    take('"');
    int start = at;
    while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\\') {
      plain();
    }
    if (at < text.length() && text.charAt(at) == '"') {
      return wellFormed(text.substring(start, at++));
    }
    var decoded = new StringBuilder(text.substring(start, at));
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\') {
        decoded.append(escape());
      } else {
        decoded.append(text.charAt(at));
        plain();
      }
    }
    take('"');
    return wellFormed(decoded.toString());
  }

  private void plain() {
    if (text.charAt(at) < ' ') {
      throw wrong("a control character stands in a string");
    }
    at++;
  }

  private char escape() {
    if (at + 1 >= text.length()) {
      throw wrong("a string does not end");
    }
    char letter = text.charAt(at + 1);
    at += 2;
    return switch (letter) {
      case '"', '\\', '/' -> letter;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unit();
      default -> throw wrong("an escape is unknown");
    };
  }

  private char unit() {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
      if (digit < 0 || text.charAt(at) > 'f') {
        throw wrong("an escape is unknown");
      }
      unit = unit * 16 + digit;
      at++;
    }
    return (char) unit;
  }

  private String wellFormed(String string) {
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean isPair =
            Character.isHighSurrogate(c)
                && i + 1 < string.length()
                && Character.isLowSurrogate(string.charAt(i + 1));
        if (!isPair) {
          throw wrong("half a surrogate pair stands in a string");
        }
        i++;
      }
    }
    return string;
  }

  private RefusedException wrong(String problem) {
    return new RefusedException(problem + " at character " + at);
  }
}
