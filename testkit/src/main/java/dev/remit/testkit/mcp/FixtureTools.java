package dev.remit.testkit.mcp;

import dev.remit.core.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The tools of a {@link FixtureUpstream}: {@code device_health}, and those whose names and contents
 * the official conformance suite (0.2.0-alpha.12, tools scenarios) expects.
 */
final class FixtureTools {
  private static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSu"
          + "QmCC";
  private static final String WAV = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA=";
  private final Map<String, FixtureTool> tools =
      java.util.Collections.synchronizedMap(new LinkedHashMap<>());

  /** One tool: its definition as listed, and what it answers. */
  record FixtureTool(Value.Obj definition, Function<Value.Obj, Value.Obj> answer) {}

  FixtureTools(Function<String, Optional<Long>> organizationOf) {
    health(organizationOf);
    plain("test_simple_text", content(text("This is a simple text response for testing.")));
    plain("test_image_content", content(binary("image", PNG, "image/png")));
    plain("test_audio_content", content(binary("audio", WAV, "audio/wav")));
    plain(
        "test_embedded_resource",
        content(
            resource(
                "test://embedded-resource",
                "text/plain",
                "This is an embedded resource content.")));
    plain(
        "test_multiple_content_types",
        content(
            text("Multiple content types test:"),
            binary("image", PNG, "image/png"),
            resource(
                "test://mixed-content-resource",
                "application/json",
                "{\"test\":\"data\",\"value\":123}")));
    plain(
        "test_error_handling",
        content(text("This tool intentionally returns an error for testing"))
            .with("isError", Value.of(true)));
  }

  Map<String, FixtureTool> all() {
    return tools;
  }

  private void plain(String name, Value.Obj answer) {
    var schema = Value.object("type", "object", "additionalProperties", false);
    put(name, "Conformance fixture " + name + ".", schema, arguments -> answer);
  }

  void put(
      String name, String description, Value.Obj schema, Function<Value.Obj, Value.Obj> answer) {
    var definition = Value.object("name", name, "description", description, "inputSchema", schema);
    tools.put(name, new FixtureTool(definition, answer));
  }

  private void health(Function<String, Optional<Long>> organizationOf) {
    var schema =
        Value.object(
            "type",
            "object",
            "properties",
            Value.object("device", Value.object("type", "string")),
            "required",
            List.of("device"),
            "additionalProperties",
            false);
    put(
        "device_health",
        "Health of one device.",
        schema,
        arguments -> {
          var device = arguments.text("device").orElse("");
          return organizationOf
              .apply(device)
              .map(organization -> healthOf(device, organization))
              .orElseGet(() -> content(text("no such device")).with("isError", Value.of(true)));
        });
  }

  private static Value.Obj healthOf(String device, long organization) {
    var structured =
        Value.object(
            "device", device, "organization", organization, "status", "HEALTHY", "alerts", 0);
    return content(text("device " + device + " is healthy")).with("structuredContent", structured);
  }

  static Value.Obj content(Value.Obj... items) {
    return Value.object("content", List.of((Object[]) items));
  }

  static Value.Obj text(String text) {
    return Value.object("type", "text", "text", text);
  }

  private static Value.Obj binary(String type, String data, String mimeType) {
    return Value.object("type", type, "data", data, "mimeType", mimeType);
  }

  private static Value.Obj resource(String uri, String mimeType, String text) {
    return Value.object(
        "type",
        "resource",
        "resource",
        Value.object("uri", uri, "mimeType", mimeType, "text", text));
  }
}
