package dev.remit.core.identity;

import dev.remit.core.value.InvalidValueException;
import java.util.Locale;

/** What kind of effects an identity exists for; a family carries its own grades and those below. */
public enum GradeFamily {
  OBSERVE,
  CHANGE,
  DESTRUCTIVE;

  /** Whether an identity of this family may carry an effect of that grade. */
  public boolean carries(Grade grade) {
    return grade.family().compareTo(this) <= 0;
  }

  /** The lower-case form used in files and on wires. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads the lower-case form; anything else is wrong input. */
  public static GradeFamily parse(String text) {
    for (var family : values()) {
      if (family.text().equals(text)) {
        return family;
      }
    }
    throw new InvalidValueException(
        "unknown grade family `" + text + "`: use observe, change or destructive");
  }
}
