package dev.remit.policy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * A server that answers OPA's data API as its REST documentation describes it: documents by path,
 * {@code 200} without {@code result} for an undefined one, {@code 400} and {@code 401} with a code,
 * and a warning where no input came. What a policy would compute is a function here.
 */
final class FakeOpa implements AutoCloseable {

  /** An answer that is written as it is, in the place of a document. */
  interface Raw {
    void answer(HttpExchange exchange) throws IOException;
  }

  final List<Value.Obj> inputs = new CopyOnWriteArrayList<>();
  final Map<String, Function<Value.Obj, Optional<Value>>> documents = new ConcurrentHashMap<>();
  volatile Optional<Raw> raw = Optional.empty();
  volatile Optional<String> token = Optional.empty();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  FakeOpa() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      if (raw.isPresent()) {
        inputs.add(Value.Obj.EMPTY);
        raw.get().answer(exchange);
        return;
      }
      String path = exchange.getRequestURI().getPath();
      if (token.isPresent()
          && !("Bearer " + token.get())
              .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        send(exchange, 401, Value.object("code", "unauthorized", "message", "request rejected"));
      } else if (!path.startsWith("/v1/data/") || !exchange.getRequestMethod().equals("POST")) {
        send(exchange, 404, Value.object("code", "resource_not_found", "message", path));
      } else {
        document(exchange, path.substring("/v1/data/".length()), body);
      }
    }
  }

  private void document(HttpExchange exchange, String path, byte[] body) throws IOException {
    Value.Obj sent;
    try {
      sent = Json.parseObject(body);
    } catch (InvalidValueException e) {
      send(exchange, 400, Value.object("code", "invalid_parameter", "message", "body malformed"));
      return;
    }
    var input = sent.object("input");
    var answer = Value.Obj.EMPTY;
    if (input.isEmpty()) {
      answer =
          answer.with(
              "warning",
              Value.object("code", "api_usage_warning", "message", "'input' key missing"));
    }
    inputs.add(input.orElse(Value.Obj.EMPTY));
    var result =
        documents
            .getOrDefault(path, asked -> Optional.empty())
            .apply(input.orElse(Value.Obj.EMPTY));
    send(exchange, 200, result.isPresent() ? answer.with("result", result.get()) : answer);
  }

  static void send(HttpExchange exchange, int status, Value body) throws IOException {
    send(exchange, status, Json.text(body));
  }

  static void send(HttpExchange exchange, int status, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
