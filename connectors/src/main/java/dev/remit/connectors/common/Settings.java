package dev.remit.connectors.common;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A part of a connector's file, read by name.
 *
 * <p>Promises: what is missing or of the wrong form is an {@link InvalidValueException} that names
 * the place; nothing falls back to a wider meaning.
 *
 * @param where the place in the file, for messages
 */
public record Settings(String where, Value.Obj object) {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  /** Text that must be there. */
  public String text(String name) {
    return optionalText(name).orElseThrow(() -> missing(name, "text"));
  }

  /** Text that may be there. */
  public Optional<String> optionalText(String name) {
    return object
        .get(name)
        .map(value -> {
          if (value instanceof Value.Text(String text)) {
            return text;
          }
          throw missing(name, "text");
        });
  }

  /** A part that must be there. */
  public Settings part(String name) {
    return optionalPart(name).orElseThrow(() -> missing(name, "an object"));
  }

  /** A part that may be there. */
  public Optional<Settings> optionalPart(String name) {
    return object
        .get(name)
        .map(value -> {
          if (value instanceof Value.Obj part) {
            return new Settings(where + "." + name, part);
          }
          throw missing(name, "an object");
        });
  }

  /** One text or a list of scalars as texts; empty when it is not there. */
  public List<String> texts(String name) {
    return switch (object.get(name).orElse(new Value.Array(List.of()))) {
      case Value.Array(List<Value> items) ->
          items.stream()
              .map(item -> Pointer.scalar(item).orElseThrow(() -> missing(name, "a list of texts")))
              .toList();
      case Value scalar ->
          List.of(Pointer.scalar(scalar).orElseThrow(() -> missing(name, "text or a list")));
    };
  }

  /** A pointer that must be there. */
  public Pointer pointer(String name) {
    return Pointer.parse(text(name));
  }

  /** A pointer that may be there. */
  public Optional<Pointer> optionalPointer(String name) {
    return optionalText(name).map(Pointer::parse);
  }

  /** Pointers; empty when there are none. */
  public List<Pointer> pointers(String name) {
    return texts(name).stream().map(Pointer::parse).toList();
  }

  /** A positive duration such as {@code 30s} or {@code 250ms}. */
  public Duration duration(String name, Duration otherwise) {
    return optionalText(name).map(text -> duration(name, text)).orElse(otherwise);
  }

  private Duration duration(String name, String text) {
    var matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw missing(name, "a duration such as 30s");
    }
    long number = Long.parseLong(matcher.group(1));
    if (number == 0) {
      throw missing(name, "a duration above zero");
    }
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  /** An integer within bounds. */
  public int integer(String name, int otherwise, int min, int max) {
    if (object.get(name).isEmpty()) {
      return otherwise;
    }
    long number = object.integer(name).orElseThrow(() -> missing(name, "a number")).longValue();
    if (number < min || number > max) {
      throw missing(name, "a number from " + min + " to " + max);
    }
    return (int) number;
  }

  private InvalidValueException missing(String name, String what) {
    return new InvalidValueException(where + ": `" + name + "` must be " + what);
  }
}
