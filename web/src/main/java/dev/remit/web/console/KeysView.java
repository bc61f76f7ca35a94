package dev.remit.web.console;

import dev.remit.core.approval.PersonKey;
import java.time.Instant;
import java.util.List;

/**
 * The reader's own keys.
 *
 * @param rule how a new one comes to count, in words for this reader
 * @param isFirst whether a one-time code is out for a first key of the reader's organisation
 */
public record KeysView(List<PersonKey> keys, String rule, boolean isFirst, Instant now) {

  public KeysView {
    keys = List.copyOf(keys);
  }

  /** Whether a key counts, and if not, why. */
  public Badge state(PersonKey key) {
    if (key.isRemoved()) {
      return new Badge("removed", "cross", "quiet");
    }
    return key.isLiveAt(now)
        ? new Badge("counts", "check", "ok")
        : new Badge("not yet", "clock", "wait");
  }
}
