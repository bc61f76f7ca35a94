package dev.remit.connectors.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Vault with one dynamic role, as its HTTP API is documented; a test takes it away or bends it.
 */
final class StubVault implements AutoCloseable {
  static final String TOKEN = "hvs.token-of-the-broker";
  static final String PATH = "terraform/creds/remit";

  /** Secrets that work, by the name of their lease. */
  final Map<String, String> live = new ConcurrentHashMap<>();

  final AtomicInteger made = new AtomicInteger();
  volatile boolean isAway;
  volatile boolean isSealed;
  volatile boolean isForbidden;
  volatile boolean isDeaf;
  volatile boolean isAmnesic;
  volatile long seconds = 60;
  volatile Optional<String> answer = Optional.empty();
  private final HttpServer server;

  StubVault() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/", this::handle);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (isAway) {
      exchange.close();
    } else if (isSealed) {
      send(exchange, 503, "{\"errors\":[\"Vault is sealed\"]}");
    } else if (isForbidden
        || !TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"))) {
      send(exchange, 403, "{\"errors\":[\"permission denied\"]}");
    } else {
      var asked = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
      switch (asked) {
        case "GET /v1/" + PATH -> send(exchange, 200, answer.orElseGet(this::fresh));
        case "POST /v1/sys/leases/revoke" -> revoke(exchange, Json.parseObject(body));
        case "POST /v1/sys/leases/lookup" -> look(exchange, Json.parseObject(body));
        default -> send(exchange, 404, "{\"errors\":[]}");
      }
    }
  }

  private String fresh() {
    var id = PATH + "/lease-" + made.incrementAndGet();
    var secret = "made-by-the-vault-" + made.get();
    live.put(id, secret);
    return "{\"lease_id\":\"%s\",\"lease_duration\":%d,\"renewable\":true,\"data\":{\"token\":\"%s\"}}"
        .formatted(id, seconds, secret);
  }

  private void revoke(HttpExchange exchange, Value.Obj asked) throws IOException {
    if (!asked.get("sync").equals(Optional.of(Value.of(true)))) {
      send(exchange, 202, "{\"warnings\":[\"queued\"]}");
    } else if (isDeaf || live.remove(asked.text("lease_id").orElseThrow()) != null) {
      send(exchange, 204, "");
    } else {
      send(exchange, 400, "{\"errors\":[\"lease not found\"]}");
    }
  }

  private void look(HttpExchange exchange, Value.Obj asked) throws IOException {
    if (isAmnesic) {
      send(exchange, 400, "{\"errors\":[\"no handler for route\"]}");
    } else if (live.containsKey(asked.text("lease_id").orElseThrow())) {
      send(exchange, 200, "{\"data\":{\"ttl\":30}}");
    } else {
      send(exchange, 400, "{\"errors\":[\"invalid lease\"]}");
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
