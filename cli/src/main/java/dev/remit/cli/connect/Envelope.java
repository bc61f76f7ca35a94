package dev.remit.cli.connect;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is read of a JSON-RPC message to send it on: everything else in it stays as it came.
 *
 * @param id of a request or an answer; empty for a notification
 * @param method empty for an answer
 */
record Envelope(Optional<Value> id, Optional<String> method, Value.Obj params) {

  private static final String META_VERSION = "io.modelcontextprotocol/protocolVersion";

  /** Reads a message; anything but one object is none. */
  static Envelope read(byte[] utf8) {
    var message = Json.parseObject(utf8);
    if (!message.text("jsonrpc").equals(Optional.of("2.0"))) {
      throw new InvalidValueException("`jsonrpc` is not `2.0`");
    }
    var id = message.get("id");
    if (id.isPresent() && !(id.get() instanceof Value.Text) && !(id.get() instanceof Value.Int)) {
      throw new InvalidValueException("`id` is a text or a number");
    }
    return new Envelope(
        id, message.text("method"), message.object("params").orElse(Value.Obj.EMPTY));
  }

  boolean isRequest() {
    return id.isPresent() && method.isPresent();
  }

  /** Whether it says all about itself (MCP 2026-07-28). */
  boolean isModern() {
    return version().isPresent();
  }

  private Optional<String> version() {
    return params
        .object("_meta")
        .flatMap(meta -> meta.text(META_VERSION))
        .filter(Envelope::isPlain);
  }

  /** The id of the request that this notification cancels. */
  Optional<Value> cancels() {
    return method.filter("notifications/cancelled"::equals).flatMap(m -> params.get("requestId"));
  }

  /**
   * The headers that Streamable HTTP wants of it.
   *
   * @param agreed the version of an earlier handshake
   */
  TreeMap<String, String> headers(Optional<String> agreed) {
    var headers = new TreeMap<String, String>();
    version().or(() -> agreed).ifPresent(text -> headers.put("MCP-Protocol-Version", text));
    if (isModern()) {
      method.filter(Envelope::isPlain).ifPresent(name -> headers.put("Mcp-Method", name));
      name().ifPresent(text -> headers.put("Mcp-Name", isPlain(text) ? text : encoded(text)));
    }
    return headers;
  }

  private Optional<String> name() {
    return switch (method.orElse("")) {
      case "tools/call", "prompts/get" -> params.text("name");
      case "resources/read" -> params.text("uri");
      case String tasks when tasks.startsWith("tasks/") -> params.text("taskId");
      default -> Optional.empty();
    };
  }

  /** Visible, without white space at its ends, and not in the encoded form itself. */
  private static boolean isPlain(String text) {
    return text.matches("[\\x21-\\x7E]([\\x20-\\x7E]{0,500}[\\x21-\\x7E])?")
        && !text.startsWith("=?base64?");
  }

  private static String encoded(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return "=?base64?" + Base64.getEncoder().encodeToString(bytes) + "?=";
  }

  /** An answer of ours to the request of this id. */
  static String error(Optional<Value> id, int code, String message) {
    var error = Value.object("code", code, "message", message);
    return Json.text(
        Value.object("jsonrpc", "2.0", "id", id.orElse(Value.Null.NULL), "error", error));
  }
}
