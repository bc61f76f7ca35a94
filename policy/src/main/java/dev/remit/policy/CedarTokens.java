package dev.remit.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * Cedar text cut into tokens, far enough to know what is inside a string literal or a comment and
 * what is not (Cedar grammar, "Lexical structure").
 */
final class CedarTokens {
  private CedarTokens() {}

  enum Kind {
    NAME,
    NUMBER,
    STRING,
    SIGN,
    SPACE,
    COMMENT
  }

  record Token(Kind kind, String text, int start) {
    boolean is(String sign) {
      return kind != Kind.STRING && text.equals(sign);
    }

    boolean isBlank() {
      return kind == Kind.SPACE || kind == Kind.COMMENT;
    }

    int end() {
      return start + text.length();
    }
  }

  /**
   * All tokens; their texts joined are the input.
   *
   * @throws MalformedException for a string literal without end
   */
  static List<Token> of(String text) {
    var tokens = new ArrayList<Token>();
    int at = 0;
    while (at < text.length()) {
      var token = next(text, at);
      tokens.add(token);
      at = token.end();
    }
    return tokens;
  }

  private static Token next(String text, int start) {
    char c = text.charAt(start);
    int end = start + 1;
    Kind kind = Kind.SIGN;
    if (Character.isWhitespace(c)) {
      kind = Kind.SPACE;
      while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
        end++;
      }
    } else if (isNameStart(c)) {
      kind = Kind.NAME;
      end = endOfName(text, end);
    } else if (isDigit(c)) {
      kind = Kind.NUMBER;
      end = endOfName(text, end);
    } else if (c == '"') {
      kind = Kind.STRING;
      end = endOfString(text, start);
    } else if (text.startsWith("//", start)) {
      kind = Kind.COMMENT;
      end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
    } else if (text.startsWith("::", start)) {
      end = start + 2;
    }
    return new Token(kind, text.substring(start, end), start);
  }

  private static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int endOfName(String text, int from) {
    int end = from;
    while (end < text.length() && (isNameStart(text.charAt(end)) || isDigit(text.charAt(end)))) {
      end++;
    }
    return end;
  }

  private static int endOfString(String text, int start) {
    for (int i = start + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        return i + 1;
      }
    }
    throw new MalformedException("a string literal has no closing quote");
  }

  /** Text that cannot be cut into tokens or expressions. */
  static final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }
}
