package dev.remit.core.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The canonical bytes of a {@link Value}: RFC 8785 (JCS) over I-JSON.
 *
 * <p>Promises: equal values give equal bytes and unequal values give unequal bytes, in UTF-8
 * without white space, members sorted by UTF-16 code units (RFC 8785, section 3.2.3), numbers as
 * ECMAScript prints them (section 3.2.2.3). These are the bytes that are decided on, digested and
 * sent.
 */
public final class CanonicalJson {

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private CanonicalJson() {}

  /** The canonical form as UTF-8. */
  public static byte[] bytes(Value value) {
    return text(value).getBytes(StandardCharsets.UTF_8);
  }

  /** The canonical form as text. */
  public static String text(Value value) {
    var out = new StringBuilder(128);
    write(value, out);
    return out.toString();
  }

  private static void write(Value value, StringBuilder out) {
    switch (value) {
      case Value.Null.NULL -> out.append("null");
      case Value.Bool(boolean claim) -> out.append(claim);
      case Value.Int(long number) -> out.append(number);
      case Value.Real(double number) -> out.append(ecmaScript(number));
      case Value.Text(String text) -> quote(text, out);
      case Value.Array(List<Value> items) -> array(items, out);
      case Value.Obj object -> object(object, out);
    }
  }

  private static void array(List<Value> items, StringBuilder out) {
    out.append('[');
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      write(items.get(i), out);
    }
    out.append(']');
  }

  private static void object(Value.Obj object, StringBuilder out) {
    var members = object.members();
    String[] names = members.keySet().toArray(String[]::new);
    Arrays.sort(names);
    out.append('{');
    for (int i = 0; i < names.length; i++) {
      if (i > 0) {
        out.append(',');
      }
      quote(names[i], out);
      out.append(':');
      write(Objects.requireNonNull(members.get(names[i])), out);
    }
    out.append('}');
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    int written = 0; // what needs no escape is written in one piece
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c == '"' || c == '\\') {
        out.append(text, written, i);
        escape(c, out);
        written = i + 1;
      }
    }
    out.append(text, written, text.length()).append('"');
  }

  private static void escape(char c, StringBuilder out) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
    }
  }

  /** ECMAScript's Number::toString (ECMA-262, section 6.1.6.1.20) from Java's shortest digits. */
  static String ecmaScript(double number) {
    if (number == 0) {
      return "0";
    }
    if (number < 0) {
      return "-" + ecmaScript(-number);
    }
    var decimal = shortest(number);
    String digits = decimal.unscaledValue().toString();
    int point = digits.length() - decimal.scale();
    if (digits.length() <= point && point <= 21) {
      return digits + "0".repeat(point - digits.length());
    }
    if (0 < point && point <= 21) {
      return digits.substring(0, point) + "." + digits.substring(point);
    }
    if (-6 < point && point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    String exponent = (point > 0 ? "e+" : "e-") + Math.abs(point - 1);
    return digits.length() == 1
        ? digits + exponent
        : digits.charAt(0) + "." + digits.substring(1) + exponent;
  }

  /**
   * Java prints at least two digits (4.9E-324); ECMAScript takes one where one is enough (5e-324).
   */
  private static BigDecimal shortest(double number) {
    var decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    var oneDigit = decimal.round(new MathContext(1));
    return (oneDigit.doubleValue() == number ? oneDigit : decimal).stripTrailingZeros();
  }
}
