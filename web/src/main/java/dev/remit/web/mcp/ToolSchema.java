package dev.remit.web.mcp;

import dev.remit.core.value.Value;
import java.util.LinkedHashMap;
import java.util.Set;

/**
 * A tool's schema as it is offered: the pinned one, and two arguments of Remit's own that are taken
 * out again before the call.
 *
 * <p>The extension {@code x-mcp-header} is left out: no argument is mirrored into a header, so none
 * can differ from its header.
 */
final class ToolSchema {

  /** Names the task that a call belongs to. */
  static final String TASK = "remit_task";

  /** Tells a repetition on purpose from one by accident. */
  static final String IDEMPOTENCY_KEY = "remit_idempotency_key";

  private static final String MIRROR = "x-mcp-header";
  private static final Set<String> NAMED_SCHEMAS =
      Set.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas");

  private static final Value.Obj TASK_SCHEMA =
      Value.object(
          "type", "string",
          "maxLength", 128,
          "description", "the task this call belongs to, as remit_open_task named it");
  private static final Value.Obj KEY_SCHEMA =
      Value.object(
          "type", "string",
          "maxLength", 128,
          "description", "a new value repeats a call that was made a moment ago on purpose");

  private ToolSchema() {}

  /** The schema to list. */
  static Value.Obj offered(Value.Obj pinned) {
    var schema = withoutMirrors(pinned);
    var properties =
        schema
            .object("properties")
            .orElse(Value.Obj.EMPTY)
            .with(TASK, TASK_SCHEMA)
            .with(IDEMPOTENCY_KEY, KEY_SCHEMA);
    return schema.with("type", Value.of("object")).with("properties", properties);
  }

  private static Value.Obj withoutMirrors(Value.Obj schema) {
    var kept = new LinkedHashMap<String, Value>();
    schema
        .members()
        .forEach((name, value) -> {
          if (!name.equals(MIRROR)) {
            kept.put(name, NAMED_SCHEMAS.contains(name) ? named(value) : inner(value));
          }
        });
    return new Value.Obj(kept);
  }

  private static Value named(Value value) {
    if (!(value instanceof Value.Obj schemas)) {
      return value;
    }
    var kept = new LinkedHashMap<String, Value>();
    schemas.members().forEach((name, schema) -> kept.put(name, inner(schema)));
    return new Value.Obj(kept);
  }

  private static Value inner(Value value) {
    return switch (value) {
      case Value.Obj schema -> withoutMirrors(schema);
      case Value.Array(var items) ->
          new Value.Array(items.stream().map(ToolSchema::inner).toList());
      case Value.Null none -> none;
      case Value.Bool claim -> claim;
      case Value.Int number -> number;
      case Value.Real number -> number;
      case Value.Text text -> text;
    };
  }
}
