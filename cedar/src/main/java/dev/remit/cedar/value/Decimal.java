package dev.remit.cedar.value;

import org.jspecify.annotations.Nullable;

/**
 * A {@code decimal}: a number with up to four digits after its point.
 *
 * @param units ten-thousandths
 */
public record Decimal(long units) implements Value, Comparable<Decimal> {
  private static final int DIGITS = 4;

  /** The number that this text writes, or null: a digit at least on both sides of a point. */
  public static @Nullable Decimal parse(String text) {
    boolean isNegative = text.startsWith("-");
    int point = text.indexOf('.');
    int start = isNegative ? 1 : 0;
    int digits = text.length() - point - 1;
    if (point <= start || digits < 1 || digits > DIGITS) {
      return null;
    }
    try {
      long units = units(text, start, point, DIGITS - digits);
      return new Decimal(isNegative ? units : Math.negateExact(units));
    } catch (ArithmeticException e) {
      return null;
    }
  }

  /** Negative, because that side reaches further. */
  private static long units(String text, int start, int point, int zeros) {
    long units = 0;
    for (int i = start; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (i != point) {
        if (digit < 0 || digit > 9) {
          throw new ArithmeticException("no digit");
        }
        units = Math.subtractExact(Math.multiplyExact(units, 10), digit);
      }
    }
    for (int i = 0; i < zeros; i++) {
      units = Math.multiplyExact(units, 10);
    }
    return units;
  }

  @Override
  public int compareTo(Decimal other) {
    return Long.compare(units, other.units);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(units) + 1;
  }
}
