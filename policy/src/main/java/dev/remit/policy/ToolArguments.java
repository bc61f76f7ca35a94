package dev.remit.policy;

import dev.remit.core.call.Tool;
import dev.remit.core.value.Value;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The arguments of a tool that policy may read: members of the top level whose schema says text,
 * integer or truth value. All are optional in policy, so a policy has to ask with {@code has}.
 */
final class ToolArguments {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,62}");

  private ToolArguments() {}

  /** Names with Cedar types. */
  static SortedMap<String, String> of(Tool tool) {
    var types = new TreeMap<String, String>();
    tool.inputSchema()
        .object("properties")
        .ifPresent(properties ->
            properties
                .members()
                .forEach((name, schema) ->
                    type(schema)
                        .filter(type -> NAME.matcher(name).matches())
                        .ifPresent(type -> types.put(name, type))));
    return types;
  }

  private static Optional<String> type(Value schema) {
    if (!(schema instanceof Value.Obj object)) {
      return Optional.empty();
    }
    return object
        .text("type")
        .flatMap(type ->
            switch (type) {
              case "string" -> Optional.of("String");
              case "integer" -> Optional.of("Long");
              case "boolean" -> Optional.of("Bool");
              default -> Optional.empty();
            });
  }
}
