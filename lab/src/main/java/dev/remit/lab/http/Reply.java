package dev.remit.lab.http;

import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer as data, so that a fault can be put between the act and its answer.
 *
 * @param body maps and lists for JSON, a {@link Html} page, or null for an empty body
 */
public record Reply(int status, @Nullable Object body, Map<String, String> headers) {

  public static Reply ok(Object body) {
    return of(200, body);
  }

  public static Reply of(int status, Object body) {
    return new Reply(status, body, Map.of());
  }

  public static Reply empty(int status) {
    return new Reply(status, null, Map.of());
  }

  /** The same reply with one more header. */
  public Reply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, body, more);
  }

  /** Whether the status is 2xx. */
  public boolean isSuccess() {
    return status / 100 == 2;
  }

  /** The body as bytes; empty when there is none. */
  public byte[] bytes() {
    return switch (body) {
      case null -> new byte[0];
      case Html(String text) -> text.getBytes(StandardCharsets.UTF_8);
      default -> Json.bytes(body);
    };
  }

  /** Sends it. */
  public void send(ServerResponse res) {
    res.status(Status.create(status));
    headers.forEach(res::header);
    res.header("Cache-Control", "no-store");
    if (body == null) {
      res.send();
    } else {
      res.header(
          "Content-Type", body instanceof Html ? "text/html; charset=utf-8" : "application/json");
      res.send(bytes());
    }
  }
}
