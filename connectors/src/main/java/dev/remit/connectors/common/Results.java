package dev.remit.connectors.common;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.util.List;

/** Results in the form of MCP's {@code CallToolResult} (specification 2025-11-25, server/tools). */
public final class Results {
  private Results() {}

  /** A result that carries this answer as text and as structured content. */
  public static Value.Obj of(Value answer) {
    var structured =
        switch (answer) {
          case Value.Obj object -> object;
          case Value.Array items -> Value.object("items", items);
          case Value scalar -> Value.object("value", scalar);
        };
    return Value.object(
        "content", List.of(text(Json.text(structured))), "structuredContent", structured);
  }

  /** A refusal in our own words. */
  public static Value.Obj error(String words) {
    return Value.object("content", List.of(text(words)), "isError", true);
  }

  private static Value.Obj text(String text) {
    return Value.object("type", "text", "text", text);
  }
}
