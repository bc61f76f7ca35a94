package dev.remit.json;

import dev.remit.core.call.ArgumentSchema;
import dev.remit.core.call.Tool;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Arguments against the pinned schema of their tool: JSON Schema 2020-12, narrowed by {@link
 * ClosedSchema}.
 *
 * <p>Promises: nothing is fetched; a name that the schema does not list is refused at the top and
 * at every level that lists properties; size, depth, evaluation steps and the work of each pattern
 * are bounded, and what goes past a bound does not fit. A schema that cannot be checked fits
 * nothing. {@code format} is an annotation, as in the specification's default, and checks nothing.
 * Thread safe.
 */
public final class SchemaCheck implements ArgumentSchema {

  private static final int MOST_SCHEMAS = 4096;

  private final ConcurrentMap<String, Entry> byPin = new ConcurrentHashMap<>();

  /** Why no arguments could ever be checked against this schema; empty when it is usable. */
  public static Optional<String> schemaProblem(Value.Obj schema) {
    return switch (compile(schema)) {
      case Usable _ -> Optional.empty();
      case Broken(var _, String problem) -> Optional.of(problem);
    };
  }

  @Override
  public Optional<String> objection(Tool tool, Value.Obj arguments) {
    if (!Extent.of(arguments).isWithinLimits()) {
      return Optional.of("the arguments are too large or nested too deep");
    }
    return switch (entryOf(tool)) {
      case Usable(var _, CompiledSchema compiled) -> compiled.objection(arguments);
      case Broken(var _, String problem) -> Optional.of("this tool cannot be called: " + problem);
    };
  }

  /** A pin that comes with another schema than before is compiled again, never trusted. */
  private Entry entryOf(Tool tool) {
    var known = byPin.get(tool.pin());
    if (known != null && known.source().equals(tool.inputSchema())) {
      return known;
    }
    if (byPin.size() >= MOST_SCHEMAS) {
      byPin.clear();
    }
    var fresh = compile(tool.inputSchema());
    byPin.put(tool.pin(), fresh);
    return fresh;
  }

  private static Entry compile(Value.Obj schema) {
    try {
      return new Usable(schema, CompiledSchema.of(schema));
    } catch (InvalidValueException e) {
      return new Broken(schema, String.valueOf(e.getMessage()));
    }
  }

  private sealed interface Entry {
    Value.Obj source();
  }

  private record Usable(Value.Obj source, CompiledSchema compiled) implements Entry {}

  private record Broken(Value.Obj source, String problem) implements Entry {}
}
