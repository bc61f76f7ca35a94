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

/**
 * Bytes that the SDK would not send, posted to the MCP endpoint as they are (revision 2025-11-25).
 */
final class RawMcp {

  private final HttpClient http;
  private final String machines;

  RawMcp(HttpClient http, String machines) {
    this.http = http;
    this.machines = machines;
  }

  /** What came back: the JSON-RPC error code, or 0 if it was no error. */
  int errorCode(Shown shown, String body) {
    var request =
        HttpRequest.newBuilder(URI.create(machines + "/mcp"))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .header("MCP-Protocol-Version", "2025-11-25")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    try {
      var answer = sent(request, shown);
      if (answer.statusCode() == 401 && shown.isWorthAgain(answer.headers())) {
        answer = sent(request, shown);
      }
      return error(answer.body()).integer("code").orElse(0L).intValue();
    } catch (IOException e) {
      throw CommandException.broken("the machines' listener does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.broken("interrupted");
    }
  }

  private HttpResponse<String> sent(HttpRequest.Builder request, Shown shown)
      throws IOException, InterruptedException {
    shown.on(request, "POST", machines + "/mcp");
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private static Value.Obj error(String body) {
    String json = body.startsWith("{") ? body : body.replaceAll("(?s)^.*?data: *", "");
    try {
      return Json.parseObject(json.strip()).object("error").orElse(Value.Obj.EMPTY);
    } catch (InvalidValueException e) {
      return Value.Obj.EMPTY;
    }
  }
}
