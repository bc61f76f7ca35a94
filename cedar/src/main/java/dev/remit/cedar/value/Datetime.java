package dev.remit.cedar.value;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A {@code datetime}: a moment, counted without leap seconds.
 *
 * @param millis since 1970-01-01T00:00Z
 */
public record Datetime(long millis) implements Value, Comparable<Datetime> {
  private static final long DAY = 86_400_000;
  private static final String DATE = "0000-00-00";
  private static final String TIME = "T00:00:00";
  private static final String FRACTION = ".000";
  private static final String OFFSET = "0000";

  /** The moment that this text writes, or null. */
  public static @Nullable Datetime parse(String text) {
    if (!matches(text, 0, DATE)) {
      return null;
    }
    long day;
    try {
      day = LocalDate.of(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2)).toEpochDay();
    } catch (DateTimeException e) {
      return null;
    }
    if (text.length() == DATE.length()) {
      return new Datetime(day * DAY);
    }
    return timed(text, day * DAY);
  }

  private static @Nullable Datetime timed(String text, long day) {
    int at = DATE.length();
    if (!matches(text, at, TIME)) {
      return null;
    }
    int hour = digits(text, at + 1, 2);
    int minute = digits(text, at + 4, 2);
    int second = digits(text, at + 7, 2);
    if (hour > 23 || minute > 59 || second > 59) {
      return null;
    }
    long time = ((hour * 60L + minute) * 60 + second) * 1000;
    at += TIME.length();
    if (matches(text, at, FRACTION)) {
      time += digits(text, at + 1, 3);
      at += FRACTION.length();
    }
    Integer offset = offset(text, at);
    return offset == null ? null : new Datetime(day + time - offset * 60_000L);
  }

  /** Minutes east of Greenwich of what stands here to the end, or null. */
  private static @Nullable Integer offset(String text, int at) {
    String rest = text.substring(at);
    if (rest.equals("Z")) {
      return 0;
    }
    boolean isWest = rest.startsWith("-");
    if (!(isWest || rest.startsWith("+"))
        || !matches(rest, 1, OFFSET)
        || rest.length() != OFFSET.length() + 1) {
      return null;
    }
    int hours = digits(rest, 1, 2);
    int minutes = digits(rest, 3, 2);
    if (hours > 23 || minutes > 59) {
      return null;
    }
    return (isWest ? -1 : 1) * (hours * 60 + minutes);
  }

  /** Whether the form stands here; a zero of the form is any digit. */
  private static boolean matches(String text, int at, String form) {
    if (text.length() < at + form.length()) {
      return false;
    }
    for (int i = 0; i < form.length(); i++) {
      char c = text.charAt(at + i);
      if (form.charAt(i) == '0' ? c < '0' || c > '9' : c != form.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int digits(String text, int at, int count) {
    return Integer.parseInt(text, at, at + count, 10);
  }

  /** Midnight before or at this moment, or null if that is out of reach. */
  public @Nullable Datetime toDate() {
    long start = millis - Math.floorMod(millis, DAY);
    return start > millis ? null : new Datetime(start);
  }

  /** How long after midnight it is. */
  public CedarDuration toTime() {
    return new CedarDuration(Math.floorMod(millis, DAY));
  }

  @Override
  public int compareTo(Datetime other) {
    return Long.compare(millis, other.millis);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(millis) + 3;
  }
}
