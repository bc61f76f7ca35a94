package dev.remit.web.http;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The members of an object that somebody sent, closed to names that are not known.
 *
 * <p>Throws {@link InvalidValueException} for a missing, unknown or ill-typed member.
 */
public final class Fields {

  private final Value.Obj object;

  public Fields(Value.Obj object, Set<String> known) {
    this.object = object;
    for (var name : object.members().keySet()) {
      if (!known.contains(name)) {
        throw new InvalidValueException(
            "unknown member `" + name + "`: use " + String.join(", ", new TreeSet<>(known)));
      }
    }
  }

  /** Text that must be there, not empty and at most this long. */
  public String text(String name, int longest) {
    return optionalText(name, longest)
        .orElseThrow(() -> new InvalidValueException("member `" + name + "` is missing"));
  }

  /** Text that may be absent, but not empty. */
  public Optional<String> optionalText(String name, int longest) {
    var value = object.get(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(text(value.get(), name, longest));
  }

  /** A list of texts; absent is empty. */
  public List<String> texts(String name, int most, int longest) {
    var value = object.get(name);
    if (value.isEmpty()) {
      return List.of();
    }
    if (!(value.get() instanceof Value.Array(List<Value> items)) || items.size() > most) {
      throw new InvalidValueException(
          "member `" + name + "` must be a list of at most " + most + " texts");
    }
    var texts = new ArrayList<String>();
    items.forEach(item -> texts.add(text(item, name, longest)));
    return texts;
  }

  /** A whole number within these bounds; absent is the least. */
  public long number(String name, long least, long most) {
    var value = object.get(name);
    if (value.isEmpty()) {
      return least;
    }
    return object
        .integer(name)
        .filter(number -> number >= least && number <= most)
        .orElseThrow(() ->
            new InvalidValueException(
                "member `" + name + "` must be a number of " + least + " to " + most));
  }

  /** An object; absent is empty. */
  public Value.Obj object(String name) {
    var value = object.get(name);
    if (value.isEmpty()) {
      return Value.Obj.EMPTY;
    }
    if (value.get() instanceof Value.Obj inner) {
      return inner;
    }
    throw new InvalidValueException("member `" + name + "` must be an object");
  }

  private static String text(Value value, String name, int longest) {
    if (value instanceof Value.Text(String text) && !text.isBlank() && text.length() <= longest) {
      return text;
    }
    throw new InvalidValueException(
        "member `" + name + "` must be text of 1 to " + longest + " characters");
  }
}
