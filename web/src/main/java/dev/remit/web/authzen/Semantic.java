package dev.remit.web.authzen;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.util.Locale;

/** When an {@code evaluations} request stops (AuthZEN 1.0, evaluations semantics). */
enum Semantic {
  EXECUTE_ALL,
  DENY_ON_FIRST_DENY,
  PERMIT_ON_FIRST_PERMIT;

  /** What the request asks for; all are executed where it says nothing. */
  static Semantic of(Value.Obj sent) {
    if (sent.get("options").isEmpty()) {
      return EXECUTE_ALL;
    }
    var asked = AccessReading.object(sent, "options").get("evaluations_semantic");
    if (asked.isEmpty()) {
      return EXECUTE_ALL;
    }
    for (var semantic : values()) {
      if (asked.get().equals(Value.of(semantic.text()))) {
        return semantic;
      }
    }
    throw new InvalidValueException(
        "`options.evaluations_semantic` must be execute_all, deny_on_first_deny or"
            + " permit_on_first_permit");
  }

  /** Whether nothing is asked after this answer. */
  boolean isOverAfter(boolean isPermitted) {
    return switch (this) {
      case EXECUTE_ALL -> false;
      case DENY_ON_FIRST_DENY -> !isPermitted;
      case PERMIT_ON_FIRST_PERMIT -> isPermitted;
    };
  }

  private String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
