package dev.remit.cedar.expr;

import dev.remit.cedar.value.Failure;
import dev.remit.cedar.value.Value.Bool;
import dev.remit.cedar.value.Value.Text;
import java.util.List;

/**
 * The pattern of {@code like}: literal parts with any text between them.
 *
 * <p>Works on units of UTF-16: in well-formed text a literal part can only match at the borders of
 * characters.
 *
 * @param parts at least one; the first must begin the text and the last must end it
 */
record Pattern(List<String> parts) {
  private static final Failure NO_STRING = Failure.type("string");

  Pattern {
    parts = List.copyOf(parts);
  }

  Expression on(Expression argument) {
    return facts -> {
      var outcome = argument.eval(facts);
      if (outcome instanceof Text(String text)) {
        return Bool.of(matches(text));
      }
      return outcome instanceof Failure ? outcome : NO_STRING;
    };
  }

  boolean matches(String text) {
    String first = parts.getFirst();
    if (parts.size() == 1) {
      return text.equals(first);
    }
    String last = parts.getLast();
    int at = first.length();
    int end = text.length() - last.length();
    if (end < at || !text.startsWith(first) || !text.endsWith(last)) {
      return false;
    }
    for (int i = 1; i < parts.size() - 1; i++) {
      String part = parts.get(i);
      int found = text.indexOf(part, at, end);
      if (found < 0) {
        return false;
      }
      at = found + part.length();
    }
    return true;
  }
}
