package dev.remit.web.console;

import dev.remit.core.call.Tool;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import dev.remit.web.http.Form;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A tool's arguments as a form: its fields as the schema says, and what somebody wrote into them.
 *
 * <p>It reads what was written and judges nothing more: the pipeline holds the arguments against
 * the schema.
 *
 * @param problem the first thing that cannot be read
 */
public record CallForm(List<Field> fields, Value.Obj arguments, Optional<String> problem) {

  private static final String NAME = "a-";
  private static final int LONGEST = 100_000;

  public CallForm {
    fields = List.copyOf(fields);
  }

  /** How an argument is written. */
  public enum Kind {
    TEXT,
    LONG_TEXT,
    NUMBER,
    YES_OR_NO,
    CHOICE,
    JSON
  }

  /**
   * One argument.
   *
   * @param written what stands in the field
   */
  public record Field(
      String name,
      Kind kind,
      String description,
      boolean isRequired,
      List<String> choices,
      String written) {
    public Field {
      choices = List.copyOf(choices);
    }

    /** Its name in the form, apart from the form's own fields. */
    public String input() {
      return NAME + name;
    }

    private Field with(String text) {
      return new Field(name, kind, description, isRequired, choices, text);
    }
  }

  static CallForm empty(Tool tool) {
    return new CallForm(fields(tool), Value.Obj.EMPTY, Optional.empty());
  }

  /** The same with this problem. */
  CallForm but(String words) {
    return new CallForm(fields, arguments, Optional.of(words));
  }

  static CallForm read(Tool tool, Form form) {
    var known = new HashSet<>(Set.of("csrf"));
    var read = new ArrayList<Field>();
    var arguments = new TreeMap<String, Value>();
    Optional<String> problem = Optional.empty();
    for (var field : fields(tool)) {
      known.add(field.input());
      var text = form.first(field.input()).orElse("");
      read.add(field.with(text));
      try {
        value(field, text).ifPresent(value -> arguments.put(field.name(), value));
      } catch (InvalidValueException e) {
        problem = problem.or(() -> Optional.of(String.valueOf(e.getMessage())));
      }
    }
    form.only(known);
    return new CallForm(read, new Value.Obj(arguments), problem);
  }

  private static Optional<Value> value(Field field, String text) {
    if (text.length() > LONGEST) {
      throw new InvalidValueException("`" + field.name() + "` is too long");
    }
    if (text.isBlank()) {
      if (field.isRequired()) {
        throw new InvalidValueException("`" + field.name() + "` is needed");
      }
      return Optional.empty();
    }
    return Optional.of(
        switch (field.kind()) {
          case TEXT, LONG_TEXT, CHOICE -> Value.of(text);
          case NUMBER -> number(field, text.strip());
          case YES_OR_NO -> Value.of(text.equals("yes"));
          case JSON -> json(field, text);
        });
  }

  private static Value number(Field field, String text) {
    var value = text.matches("-?[0-9.eE+-]{1,25}") ? json(field, text) : Value.Null.NULL;
    if (value instanceof Value.Int || value instanceof Value.Real) {
      return value;
    }
    throw new InvalidValueException("`" + field.name() + "` must be a number");
  }

  private static Value json(Field field, String text) {
    try {
      return Json.parse(text);
    } catch (RuntimeException e) {
      throw new InvalidValueException("`" + field.name() + "` is not written as JSON");
    }
  }

  private static List<Field> fields(Tool tool) {
    var schema = tool.inputSchema();
    var required = new HashSet<String>();
    for (var item : schema.items("required")) {
      if (item instanceof Value.Text(String name)) {
        required.add(name);
      }
    }
    var fields = new ArrayList<Field>();
    var properties = schema.object("properties").orElse(Value.Obj.EMPTY).members();
    for (Map.Entry<String, Value> property : new TreeMap<>(properties).entrySet()) {
      var about = property.getValue() instanceof Value.Obj one ? one : Value.Obj.EMPTY;
      fields.add(field(property.getKey(), about, required.contains(property.getKey())));
    }
    fields.sort((one, other) -> Boolean.compare(other.isRequired(), one.isRequired()));
    return fields;
  }

  private static Field field(String name, Value.Obj about, boolean isRequired) {
    var choices = new ArrayList<String>();
    for (var item : about.items("enum")) {
      if (item instanceof Value.Text(String choice)) {
        choices.add(choice);
      }
    }
    return new Field(
        name, kind(about, choices), about.text("description").orElse(""), isRequired, choices, "");
  }

  private static Kind kind(Value.Obj about, List<String> choices) {
    if (!choices.isEmpty()) {
      return Kind.CHOICE;
    }
    return switch (about.text("type").orElse("")) {
      case "string" ->
          about.integer("maxLength").filter(longest -> longest > 300).isPresent()
              ? Kind.LONG_TEXT
              : Kind.TEXT;
      case "integer", "number" -> Kind.NUMBER;
      case "boolean" -> Kind.YES_OR_NO;
      default -> Kind.JSON;
    };
  }
}
