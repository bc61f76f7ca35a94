package dev.remit.workspace;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Durations as files write them: {@code 250ms}, {@code 30s}, {@code 15m}, {@code 24h}, {@code 7d}.
 */
final class Durations {
  private static final Pattern PATTERN = Pattern.compile("([1-9][0-9]{0,5})(ms|s|m|h|d)");
  static final Form FORM =
      new Form(
          "a duration above zero such as 30s, 15m or 24h",
          "1s",
          text -> PATTERN.matcher(text).matches());

  private Durations() {}

  /** In the largest unit that is whole. */
  static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1_000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1_000;
    if (seconds % 60 != 0) {
      return seconds + "s";
    }
    long minutes = seconds / 60;
    if (minutes % 60 != 0) {
      return minutes + "m";
    }
    return minutes % (24 * 60) == 0 ? minutes / (24 * 60) + "d" : minutes / 60 + "h";
  }

  static Duration parse(String text) {
    var matcher = PATTERN.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalStateException("a duration is checked before it is read");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
