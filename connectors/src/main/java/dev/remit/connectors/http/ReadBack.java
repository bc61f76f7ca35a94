package dev.remit.connectors.http;

import dev.remit.connectors.common.Pointer;
import dev.remit.connectors.common.Settings;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.List;

/**
 * How the state after an effect is read, and what it must be.
 *
 * @param wanted any one of these, as text
 * @param within how long the vendor may take to get there
 * @param every the pause between two looks
 */
record ReadBack(
    PathTemplate path, Pointer pointer, List<String> wanted, Duration within, Duration every) {
  static ReadBack of(Settings settings) {
    var wanted =
        settings.texts("equals").isEmpty() ? settings.texts("in") : settings.texts("equals");
    if (wanted.isEmpty()) {
      throw new InvalidValueException(
          settings.where() + ": say what must be read back with `equals` or `in`");
    }
    return new ReadBack(
        RequestTemplate.path(settings),
        settings.pointer("pointer"),
        wanted,
        settings.duration("within", Duration.ofSeconds(30)),
        settings.duration("every", Duration.ofSeconds(1)));
  }

  boolean holds(Value answer) {
    return pointer.text(answer).filter(wanted::contains).isPresent();
  }
}
