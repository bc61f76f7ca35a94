package dev.remit.log;

import java.util.regex.Pattern;

/** Numbers in these formats: ASCII digits, no leading zeroes, below 2^63. */
final class Decimal {
  private static final Pattern FORM = Pattern.compile("0|[1-9][0-9]{0,18}");

  private Decimal() {}

  static long parse(String digits, String what) {
    if (!FORM.matcher(digits).matches()) {
      throw new InvalidLogDataException(what + " is a decimal number without leading zeroes");
    }
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw new InvalidLogDataException(what + " is below 2^63");
    }
  }
}
