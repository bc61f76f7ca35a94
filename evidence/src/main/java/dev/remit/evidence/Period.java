package dev.remit.evidence;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A time that a pack is about.
 *
 * @param from the first moment; from the first entry on where it is missing
 * @param until the first moment that is not part of it; to the end of the log where it is missing
 */
public record Period(Optional<Instant> from, Optional<Instant> until) {

  /** All of it. */
  public static final Period ALL = new Period(Optional.empty(), Optional.empty());

  public Period {
    if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
      throw new InvalidValueException("a period ends after it began");
    }
  }

  boolean isAll() {
    return from.isEmpty() && until.isEmpty();
  }

  /** In words, for a page. */
  String words() {
    return from.map(time -> "from " + time).orElse("from the first entry")
        + until.map(time -> " until " + time).orElse(" on");
  }

  Value.Obj toValue() {
    var value = Value.Obj.EMPTY;
    value = from.isPresent() ? value.with("from", Value.of(from.get().toString())) : value;
    return until.isPresent() ? value.with("until", Value.of(until.get().toString())) : value;
  }

  /** Reads {@link #toValue}: times in their one spelling. */
  static Period parse(Value.Obj value) {
    PackForm.only(value, Set.of("from", "until"));
    if (value.isEmpty()) {
      throw new InvalidValueException("a period has a beginning or an end");
    }
    return new Period(time(value, "from"), time(value, "until"));
  }

  private static Optional<Instant> time(Value.Obj value, String name) {
    if (value.get(name).isEmpty()) {
      return Optional.empty();
    }
    String text = PackForm.required(value.text(name), "a time is text");
    if (!EntryCheck.isInstant(text)) {
      throw new InvalidValueException("a time is written as in entries");
    }
    return Optional.of(Instant.parse(text));
  }

  /**
   * Reads what people ask for.
   *
   * @throws InvalidValueException unless both are times such as {@code 2026-01-31T09:00:00Z}
   */
  public static Period of(Optional<String> from, Optional<String> until) {
    return new Period(from.map(Period::asked), until.map(Period::asked));
  }

  private static Instant asked(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new InvalidValueException("a time is written such as 2026-01-31T09:00:00Z");
    }
  }
}
