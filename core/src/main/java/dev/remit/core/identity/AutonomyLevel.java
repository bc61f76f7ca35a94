package dev.remit.core.identity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much an agent may do without asking people, in rising order. */
public enum AutonomyLevel {
  /** People answer for every effect. */
  PROPOSE,
  /** Effects of low risk go alone. */
  SUPERVISED,
  /** Effects of high risk go alone where the task class lets them; destructive ones never. */
  BOUNDED;

  /** The lower-case form used in files, entries and policy. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads the lower-case form; empty for anything else. */
  public static Optional<AutonomyLevel> of(String text) {
    return Arrays.stream(values()).filter(level -> level.text().equals(text)).findFirst();
  }

  /** One level less; the lowest stays. */
  public AutonomyLevel lowered() {
    return this == BOUNDED ? SUPERVISED : PROPOSE;
  }

  /** One level more; empty for the highest. */
  public Optional<AutonomyLevel> raised() {
    return switch (this) {
      case PROPOSE -> Optional.of(SUPERVISED);
      case SUPERVISED -> Optional.of(BOUNDED);
      case BOUNDED -> Optional.empty();
    };
  }

  /** The lower of two. */
  public static AutonomyLevel min(AutonomyLevel one, AutonomyLevel other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
