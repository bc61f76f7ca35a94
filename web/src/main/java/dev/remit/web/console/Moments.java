package dev.remit.web.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times in words. Instants are shown in UTC, as evidence holds them. */
public final class Moments {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private Moments() {}

  /** Date and time. */
  public static String full(Instant instant) {
    return DAY.format(instant);
  }

  /** The time of day alone. */
  public static String clock(Instant instant) {
    return CLOCK.format(instant);
  }

  /** The time of day; with the day where it is more than some hours away. */
  public static String until(Instant end, Instant now) {
    boolean isNear = Duration.between(now, end).abs().toHours() < 12;
    return isNear ? clock(end) + " UTC" : full(end);
  }

  /** How long ago, such as {@code 4 min ago}. */
  public static String ago(Instant then, Instant now) {
    var age = Duration.between(then, now);
    if (age.toSeconds() < 5) {
      return "just now";
    }
    boolean isCoarse = age.toSeconds() >= 60 && age.toSeconds() < 3_600;
    return (isCoarse ? age.toMinutes() + " min" : length(age)) + " ago";
  }

  /** How much time is left, such as {@code 4 min left}. */
  public static String left(Instant end, Instant now) {
    return now.isBefore(end) ? length(Duration.between(now, end)) + " left" : "time is over";
  }

  /** Whether the end is near enough to say so loudly. */
  public static boolean isUrgent(Instant end, Instant now) {
    return Duration.between(now, end).toSeconds() <= 300;
  }

  /** How much of the time is used up, in whole percent. */
  public static int used(Instant from, Instant end, Instant now) {
    long whole = Math.max(1, Duration.between(from, end).toSeconds());
    long gone = Duration.between(from, now).toSeconds();
    return Math.clamp(gone * 100 / whole, 0, 100);
  }

  /** A length of time in its largest fitting units. */
  public static String length(Duration length) {
    long seconds = Math.max(0, length.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 600) {
      return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
    }
    if (seconds < 3_600) {
      return seconds / 60 + " min";
    }
    if (seconds < 172_800) {
      long minutes = seconds % 3_600 / 60;
      return seconds / 3_600 + " h" + (minutes == 0 ? "" : " " + minutes + " min");
    }
    return seconds / 86_400 + " days";
  }
}
