package dev.remit.core.tenant;

import dev.remit.core.value.InvalidValueException;
import java.util.Locale;

/** Where a workload runs and acts; an identity belongs to exactly one, and they never cross. */
public enum Environment {
  PRODUCTION,
  STAGING,
  TEST;

  /** The lower-case form used in files and on wires. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads the lower-case form; anything else is wrong input. */
  public static Environment parse(String text) {
    for (var environment : values()) {
      if (environment.text().equals(text)) {
        return environment;
      }
    }
    throw new InvalidValueException(
        "unknown environment `" + text + "`: use production, staging or test");
  }
}
