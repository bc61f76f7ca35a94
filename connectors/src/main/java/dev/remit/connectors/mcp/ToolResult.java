package dev.remit.connectors.mcp;

import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What of an upstream's {@code CallToolResult} may go further.
 *
 * <p>Text, images, audio and embedded resources pass as they are, without {@code _meta}. A resource
 * link becomes text, because a client would fetch it. Everything else at the top (such as {@code
 * _meta}, {@code requestState} or questions to the user) and content of unknown type stays behind.
 */
final class ToolResult {
  private ToolResult() {}

  /** The clean result; empty when the upstream did not answer with one. */
  static Optional<Value.Obj> clean(Value.Obj upstream) {
    if (!(upstream.get("content").orElse(Value.Null.NULL) instanceof Value.Array(var items))) {
      return Optional.empty();
    }
    var content = new ArrayList<Value>();
    for (var item : items) {
      if (item instanceof Value.Obj object) {
        content(object).ifPresent(content::add);
      }
    }
    var result = Value.object("content", content);
    var structured = upstream.object("structuredContent");
    if (structured.isPresent()) {
      result = result.with("structuredContent", structured.get());
    }
    return Optional.of(isError(upstream) ? result.with("isError", Value.of(true)) : result);
  }

  static boolean isError(Value.Obj result) {
    return result.get("isError").filter(Value.of(true)::equals).isPresent();
  }

  private static Optional<Value> content(Value.Obj item) {
    return switch (item.text("type").orElse("")) {
      case "text" -> Optional.of(only(item, List.of("type", "text", "annotations")));
      case "image", "audio" ->
          Optional.of(only(item, List.of("type", "data", "mimeType", "annotations")));
      case "resource" ->
          item.object("resource")
              .map(resource -> only(resource, List.of("uri", "mimeType", "text", "blob")))
              .map(resource ->
                  only(item, List.of("type", "annotations")).with("resource", resource));
      case "resource_link" -> Optional.of(asText(item));
      default -> Optional.empty();
    };
  }

  private static Value.Obj only(Value.Obj object, List<String> names) {
    var kept = Value.Obj.EMPTY;
    for (String name : names) {
      var member = object.get(name);
      kept = member.isPresent() ? kept.with(name, member.get()) : kept;
    }
    return kept;
  }

  private static Value asText(Value.Obj link) {
    var words =
        "resource link: %s <%s>"
            .formatted(link.text("name").orElse("unnamed"), link.text("uri").orElse(""));
    return Value.object("type", "text", "text", words);
  }
}
