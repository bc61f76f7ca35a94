package dev.remit.bench.load;

import dev.remit.bench.BenchException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A plain client of one MCP server over Streamable HTTP (revision 2025-11-25), one connection.
 *
 * <p>An agent makes a proof of its key for each request, as agents do; that is in what is measured.
 * For one thread. Request ids are unique over all clients of the process.
 */
public final class McpClient implements AutoCloseable {

  private static final AtomicLong IDS = new AtomicLong();

  private final HttpConnection connection;
  private final URI uri;
  private final Optional<Shown> shown;
  private @Nullable String session;

  private McpClient(URI uri, Optional<Shown> shown) throws IOException {
    this.connection = new HttpConnection(uri);
    this.uri = uri;
    this.shown = shown;
  }

  /** Connects and opens a session as clients do. */
  public static McpClient open(URI uri, Optional<Shown> shown) throws IOException {
    var client = new McpClient(uri, shown);
    var hello =
        Value.object(
            "protocolVersion",
            "2025-11-25",
            "capabilities",
            Value.Obj.EMPTY,
            "clientInfo",
            Value.object("name", "bench", "version", "1"));
    var answer = client.exchange(message("initialize", hello).with("id", id()));
    client.session = answer.session();
    client.exchange(message("notifications/initialized", Value.Obj.EMPTY));
    return client;
  }

  /** The text of the whole answer to a call of a tool. */
  public String call(String tool, Value.Obj arguments) throws IOException {
    var params = Value.object("name", tool, "arguments", arguments);
    var answer = exchange(message("tools/call", params).with("id", id()));
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  /** A call whose answer must hold a sign that only the right one has. */
  public void mustCall(String tool, Value.Obj arguments, String sign) throws IOException {
    String text = call(tool, arguments);
    if (!text.contains(sign)) {
      throw BenchException.broken("`" + tool + "` at " + uri + " answered: " + text);
    }
  }

  private static Value id() {
    return Value.of(IDS.incrementAndGet());
  }

  private static Value.Obj message(String method, Value.Obj params) {
    return Value.object("jsonrpc", "2.0", "method", method, "params", params);
  }

  private HttpConnection.Answer exchange(Value.Obj message) throws IOException {
    byte[] body = Json.bytes(message);
    var answer = connection.exchange(head(body.length), body);
    if (answer.status() == 401 && answer.nonce() != null && shown.isPresent()) {
      shown.get().heard(answer.nonce());
      answer = connection.exchange(head(body.length), body);
    }
    if (answer.status() != 200 && answer.status() != 202) {
      throw BenchException.broken(
          uri
              + " answered "
              + answer.status()
              + ": "
              + new String(answer.body(), StandardCharsets.UTF_8));
    }
    return answer;
  }

  private byte[] head(int length) {
    var head = new StringBuilder(2048);
    head.append("POST ").append(uri.getPath()).append(" HTTP/1.1\r\nHost: ");
    head.append(uri.getHost()).append(':').append(uri.getPort());
    head.append(
        "\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream");
    head.append("\r\nMCP-Protocol-Version: 2025-11-25\r\nContent-Length: ").append(length);
    shown.ifPresent(own -> head.append(own.fields("POST", uri.toString())));
    if (session != null) {
      head.append("\r\nMcp-Session-Id: ").append(session);
    }
    return HttpConnection.ascii(head.append("\r\n\r\n").toString());
  }

  @Override
  public void close() {
    connection.close();
  }
}
