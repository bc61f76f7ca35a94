package dev.remit.workspace;

import dev.remit.core.call.Tool.TargetArgument;
import dev.remit.core.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;

/** Arguments that take a selection by attributes beside a list of identifiers. */
final class Selecting {
  private Selecting() {}

  /** The schema in which each such argument is a list, or an object of wanted attributes. */
  static Value.Obj schema(Value.Obj schema, List<TargetArgument> targets, Section section) {
    var all = schema;
    for (var target : targets) {
      if (!target.by().isEmpty()) {
        all = with(all, target, section);
      }
    }
    return all;
  }

  private static Value.Obj with(Value.Obj schema, TargetArgument target, Section section) {
    var properties = schema.object("properties").orElse(Value.Obj.EMPTY);
    var list = properties.object(target.argument()).orElse(Value.Obj.EMPTY);
    if (list.text("type").filter("array"::equals).isEmpty()) {
      section.problem(
          "select-by",
          "`" + target.argument() + "` is selected, so it names many: its type must be array");
      return schema;
    }
    var wanted = new LinkedHashMap<String, Value>();
    new TreeSet<>(target.by())
        .forEach(name ->
            wanted.put(name, Value.object("type", "string", "minLength", 1, "maxLength", 200)));
    var selection =
        Value.object(
            "type",
            "object",
            "description",
            "All records of the client that have each of these.",
            "properties",
            new Value.Obj(wanted),
            "minProperties",
            1,
            "additionalProperties",
            false);
    var either = Value.object("anyOf", new Value.Array(List.of(list, selection)));
    return schema.with("properties", properties.with(target.argument(), either));
  }
}
