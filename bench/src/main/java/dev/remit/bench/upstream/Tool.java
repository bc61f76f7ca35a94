package dev.remit.bench.upstream;

import dev.remit.core.value.Value;
import java.util.List;

/** The upstream's one tool, {@code device_health(device)}, and what the protocol asks around it. */
public final class Tool {

  /** Its name at the upstream. */
  public static final String NAME = "device_health";

  /** What every answer holds. */
  public static final String SIGN = "HEALTHY";

  private static final String VERSION = "2025-11-25";

  private Tool() {}

  /** The definition as {@code tools/list} has it. */
  public static Value.Obj definition() {
    return Value.object(
        "name",
        NAME,
        "description",
        "Health of one device.",
        "inputSchema",
        Value.object(
            "type",
            "object",
            "properties",
            Value.object("device", Value.object("type", "string")),
            "required",
            List.of("device"),
            "additionalProperties",
            false));
  }

  /** The result or error member of the answer to a request. */
  public static Value.Obj answer(Value.Obj request) {
    return switch (request.text("method").orElse("")) {
      case "initialize" ->
          result(
              Value.object(
                  "protocolVersion", VERSION,
                  "capabilities", Value.object("tools", Value.Obj.EMPTY),
                  "serverInfo", Value.object("name", "device-health", "version", "1")));
      case "ping" -> result(Value.Obj.EMPTY);
      case "tools/list" -> result(Value.object("tools", List.of(definition())));
      case "tools/call" -> result(health(request));
      default -> Value.object("error", Value.object("code", -32601, "message", "method not found"));
    };
  }

  private static Value.Obj result(Value.Obj result) {
    return Value.object("result", result);
  }

  private static Value.Obj health(Value.Obj request) {
    String device =
        request
            .object("params")
            .flatMap(params -> params.object("arguments"))
            .flatMap(arguments -> arguments.text("device"))
            .orElse("");
    var text =
        Value.object("type", "text", "text", "device " + device + " is " + SIGN + ", no alerts");
    return Value.object(
        "content",
        List.of(text),
        "structuredContent",
        Value.object("device", device, "organization", 1, "status", SIGN, "alerts", 0));
  }
}
