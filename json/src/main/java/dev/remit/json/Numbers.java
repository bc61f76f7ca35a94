package dev.remit.json;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.math.BigDecimal;

/**
 * Numbers that every reader of JSON understands alike (RFC 7493, section 2.2); others are refused
 * rather than rounded.
 */
final class Numbers {

  /** A double needs at most 17 digits to be told apart; more say something that it cannot hold. */
  private static final int DOUBLE_DIGITS = 17;

  /** Digits of 2^53 - 1, with a sign. */
  private static final int LONGEST_INTEGER = 17;

  private Numbers() {}

  static Value integer(String text) {
    if (text.length() > LONGEST_INTEGER) {
      throw beyond(text);
    }
    long number = Long.parseLong(text);
    if (Math.abs(number) > Value.MAX_SAFE_INTEGER) {
      throw beyond(text);
    }
    return new Value.Int(number);
  }

  static Value decimal(String text) {
    double number = Double.parseDouble(text);
    if (!(Math.abs(number) <= Value.MAX_SAFE_INTEGER)) {
      throw beyond(text);
    }
    if (!isCarriedBy(text, number)) {
      throw new InvalidValueException(
          "number `" + Quoted.shortened(text) + "` has more digits than a double; send it as text");
    }
    return Value.number(number);
  }

  private static boolean isCarriedBy(String text, double number) {
    BigDecimal said;
    try {
      said = new BigDecimal(text);
    } catch (NumberFormatException e) {
      return false; // an exponent beyond 32 bits
    }
    if (said.signum() == 0 || said.compareTo(new BigDecimal(number)) == 0) {
      return true;
    }
    return number != Math.rint(number) && said.stripTrailingZeros().precision() <= DOUBLE_DIGITS;
  }

  private static InvalidValueException beyond(String text) {
    return new InvalidValueException(
        "number `" + Quoted.shortened(text) + "` is beyond 2^53 - 1; send it as text");
  }
}
