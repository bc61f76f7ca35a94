package dev.remit.policy;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** How long an exception may be in force, as {@code @exception} writes it: days or hours. */
final class Spans {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,3})([dh])");

  private Spans() {}

  static Optional<Duration> parse(String text) {
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    return Optional.of(
        matcher.group(2).equals("d") ? Duration.ofDays(number) : Duration.ofHours(number));
  }

  static String text(Duration span) {
    return span.toHours() % 24 == 0 ? span.toDays() + "d" : span.toHours() + "h";
  }
}
