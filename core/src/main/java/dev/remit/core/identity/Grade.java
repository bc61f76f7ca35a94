package dev.remit.core.identity;

import dev.remit.core.value.InvalidValueException;
import java.util.Locale;

/** The risk of an effect or of a task class, in rising order. */
public enum Grade {
  OBSERVE,
  LOW,
  HIGH,
  DESTRUCTIVE;

  /** The family of identities that may carry effects of this grade. */
  public GradeFamily family() {
    return switch (this) {
      case OBSERVE -> GradeFamily.OBSERVE;
      case LOW, HIGH -> GradeFamily.CHANGE;
      case DESTRUCTIVE -> GradeFamily.DESTRUCTIVE;
    };
  }

  /** The lower-case form used in files and on wires. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads the lower-case form; anything else is wrong input. */
  public static Grade parse(String text) {
    for (var grade : values()) {
      if (grade.text().equals(text)) {
        return grade;
      }
    }
    throw new InvalidValueException(
        "unknown grade `" + text + "`: use observe, low, high or destructive");
  }
}
