package dev.remit.cli.demo;

import dev.remit.cli.CommandException;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Calls of tools, posted to the MCP endpoint with these header fields (revision 2025-11-25). */
record RawTool(HttpClient http, String address) {

  private static final Pattern ERROR = Pattern.compile("error=\"([a-z_]+)\"");

  /**
   * What came back.
   *
   * @param error the challenge's error code; empty when there was none
   * @param result the JSON-RPC result; empty when there was none
   * @param nonce what the server wants proofs to name
   */
  record Reply(int status, String error, Value.Obj result, Optional<String> nonce) {

    /** Status and error in a word or two. */
    String heard() {
      return status + (error.isEmpty() ? "" : " " + error);
    }

    /** Whether the tool answered. */
    boolean isAnswer() {
      return status == 200
          && !result.members().isEmpty()
          && result.get("isError").filter(Value.of(true)::equals).isEmpty();
    }

    /** The task that was opened. */
    Optional<String> task() {
      return result.object("structuredContent").flatMap(content -> content.text("task"));
    }
  }

  /** Posts one call. */
  Reply call(Map<String, String> fields, String tool, Value.Obj arguments) throws IOException {
    var message =
        Value.object(
            "jsonrpc",
            "2.0",
            "id",
            1,
            "method",
            "tools/call",
            "params",
            Value.object("name", tool, "arguments", arguments));
    var request =
        HttpRequest.newBuilder(URI.create(address))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .header("MCP-Protocol-Version", "2025-11-25")
            .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(message)));
    fields.forEach(request::header);
    try {
      var answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      var error = ERROR.matcher(answer.headers().firstValue("WWW-Authenticate").orElse(""));
      return new Reply(
          answer.statusCode(),
          error.find() ? error.group(1) : "",
          result(answer.body()),
          answer.headers().firstValue("DPoP-Nonce"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.broken("interrupted");
    }
  }

  private static Value.Obj result(String body) {
    String json = body.startsWith("{") ? body : body.replaceAll("(?s)^.*?data: *", "");
    try {
      return Json.parseObject(json.strip()).object("result").orElse(Value.Obj.EMPTY);
    } catch (InvalidValueException e) {
      return Value.Obj.EMPTY;
    }
  }
}
