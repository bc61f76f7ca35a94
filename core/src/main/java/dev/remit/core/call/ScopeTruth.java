package dev.remit.core.call;

import dev.remit.core.value.InvalidValueException;
import java.util.Locale;

/** Who holds the line between tenants in a connector's system. */
public enum ScopeTruth {
  /** The vendor refuses a credential outside its tenant. */
  VENDOR_ENFORCED,
  /** The credential reaches every tenant; only Remit's broker and executor hold the line. */
  BROKER_ENFORCED,
  /** Nobody does; no effect goes alone and destructive ones are refused. */
  NONE;

  /** The form used in files and policy, such as {@code vendor-enforced}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reads {@link #text()}; anything else is wrong input. */
  public static ScopeTruth parse(String text) {
    for (var truth : values()) {
      if (truth.text().equals(text)) {
        return truth;
      }
    }
    throw new InvalidValueException(
        "unknown scope-truth `" + text + "`: use vendor-enforced, broker-enforced or none");
  }
}
