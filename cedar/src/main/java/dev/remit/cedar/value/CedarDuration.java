package dev.remit.cedar.value;

import org.jspecify.annotations.Nullable;

/** A {@code duration} in milliseconds, either way in time. */
public record CedarDuration(long millis) implements Value, Comparable<CedarDuration> {
  private static final String[] UNITS = {"d", "h", "m", "s", "ms"};
  private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1000, 1};

  /** The duration that this text writes, as {@code -1d2h3m4s5ms}, or null. */
  public static @Nullable CedarDuration parse(String text) {
    boolean isNegative = text.startsWith("-");
    int at = isNegative ? 1 : 0;
    if (at == text.length()) {
      return null;
    }
    try {
      long sum = 0;
      int unit = -1;
      while (at < text.length()) {
        int end = endOfDigits(text, at);
        int next = unit(text, end);
        if (end == at || next <= unit) {
          return null;
        }
        unit = next;
        sum = Math.addExact(sum, part(text.substring(at, end), MILLIS[unit]));
        at = end + UNITS[unit].length();
      }
      return new CedarDuration(isNegative ? sum : Math.negateExact(sum));
    } catch (ArithmeticException | NumberFormatException e) {
      return null;
    }
  }

  /** Negative, because that side reaches further. */
  private static long part(String digits, long millis) {
    return Math.multiplyExact(Long.parseLong("-" + digits), millis);
  }

  private static int endOfDigits(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  /** The place of the unit that stands here, or -1. */
  private static int unit(String text, int at) {
    for (int i = UNITS.length - 1; i >= 0; i--) {
      if (text.startsWith(UNITS[i], at)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public int compareTo(CedarDuration other) {
    return Long.compare(millis, other.millis);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(millis) + 2;
  }
}
