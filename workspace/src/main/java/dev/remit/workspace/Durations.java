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
