package dev.remit.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The annotations that a policy may carry: {@code @id}, {@code @reason}, {@code @ask},
 * {@code @serves}, {@code @exception}. Cedar takes any and ignores them, so a slip of the pen would
 * be no error without this.
 */
final class Annotations {
  static final Set<String> KNOWN =
      new TreeSet<>(List.of("id", "reason", "ask", "serves", "exception"));

  private Annotations() {}

  static Optional<String> problem(PolicyText text, ParsedPolicy parsed) {
    var unknown = parsed.annotations().stream().filter(name -> !KNOWN.contains(name)).findFirst();
    if (unknown.isPresent()) {
      return Optional.of(
          "no annotation is named `@" + unknown.get() + "`; use @" + String.join(", @", KNOWN));
    }
    var serves = parsed.annotation("serves");
    if (serves.isPresent() && serves(parsed).isEmpty()) {
      return Optional.of("`@serves` is empty; name a control objective or leave it out");
    }
    return serves(parsed).stream()
        .flatMap(reference -> References.problem(reference).stream())
        .findFirst();
  }

  /** References, separated by commas. */
  static List<String> serves(ParsedPolicy parsed) {
    return parsed.annotation("serves").stream()
        .flatMap(list -> Arrays.stream(list.split(",", -1)))
        .map(String::strip)
        .filter(reference -> !reference.isEmpty())
        .toList();
  }
}
