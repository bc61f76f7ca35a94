package dev.remit.connectors.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A vendor that does what a test says, with an OAuth server that keeps tokens. */
final class ScriptedVendor implements AutoCloseable {
  static final String SECRET = "s3cr:t+/%";
  final List<Seen> seen = new CopyOnWriteArrayList<>();
  final Map<String, String> tokens = new ConcurrentHashMap<>();
  final AtomicInteger issued = new AtomicInteger();
  volatile int tokenLife = 60;
  volatile boolean isRevokingDeaf;
  volatile boolean isAway;
  private final Map<String, Runnable> arrivals = new ConcurrentHashMap<>();
  volatile Optional<Reply> tokenReply = Optional.empty();
  private final Map<String, List<Reply>> script = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final HttpServer server;

  /** What came in; {@code path} is raw, with the query. */
  record Seen(String method, String path, String body, Optional<String> authorization) {}

  /** What goes out. */
  sealed interface Reply {}

  record Json(int status, String body) implements Reply {}

  record Raw(int status, String contentType, String body) implements Reply {}

  record Redirect(String to) implements Reply {}

  record Hang(CountDownLatch arrived) implements Reply {}

  record Reset() implements Reply {}

  ScriptedVendor() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  HttpEndpoint endpoint(boolean hasIntrospection) {
    return new HttpEndpoint(
        at(""),
        at("/oauth/token"),
        at("/oauth/revoke"),
        hasIntrospection ? Optional.of(at("/oauth/introspect")) : Optional.empty(),
        "remit",
        () -> SECRET);
  }

  /** Answers this request with these, in turn; the last one stays. */
  ScriptedVendor on(String methodAndRawPath, Reply... replies) {
    script.put(methodAndRawPath, new CopyOnWriteArrayList<>(replies));
    return this;
  }

  ScriptedVendor on(String methodAndRawPath, String json) {
    return on(methodAndRawPath, new Json(200, json));
  }

  /** Runs this when such a request comes in, before it is answered. */
  void onArrival(String methodAndRawPath, Runnable effect) {
    arrivals.put(methodAndRawPath, effect);
  }

  long count(String methodAndPath) {
    return seen.stream().filter(s -> (s.method + " " + s.path).equals(methodAndPath)).count();
  }

  private void handle(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().toString();
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var authorization = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
    seen.add(new Seen(exchange.getRequestMethod(), path, body, authorization));
    if (isAway) {
      exchange.close();
      return;
    }
    arrivals.getOrDefault(exchange.getRequestMethod() + " " + path, () -> {}).run();
    if (path.startsWith("/oauth/")) {
      oauth(exchange, path, form(body), authorization.orElse(""));
      return;
    }
    var token = authorization.map(a -> a.replaceFirst("^Bearer ", "")).orElse("");
    if (!tokens.containsKey(token)) {
      send(exchange, 401, "application/json", "{\"error\":\"invalid_token\"}");
      return;
    }
    var replies = script.get(exchange.getRequestMethod() + " " + path);
    if (replies == null) {
      send(exchange, 404, "application/json", "{\"error\":\"vendor words\"}");
      return;
    }
    reply(exchange, replies.size() > 1 ? replies.removeFirst() : replies.getFirst());
  }

  private void oauth(
      HttpExchange exchange, String path, Map<String, String> form, String authorization)
      throws IOException {
    var login =
        java.util.Base64.getEncoder()
            .encodeToString("remit:s3cr%3At%2B%2F%25".getBytes(StandardCharsets.UTF_8));
    if (!authorization.equals("Basic " + login)) {
      send(exchange, 401, "application/json", "{\"error\":\"invalid_client\"}");
      return;
    }
    switch (path) {
      case "/oauth/token" -> {
        if (tokenReply.isPresent()) {
          reply(exchange, tokenReply.get());
          return;
        }
        var token = "token-" + issued.incrementAndGet() + "-abcdef";
        tokens.put(token, form.getOrDefault("scope", ""));
        send(
            exchange,
            200,
            "application/json",
            "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d}"
                .formatted(token, tokenLife));
      }
      case "/oauth/revoke" -> {
        if (!isRevokingDeaf) {
          tokens.remove(form.getOrDefault("token", ""));
        }
        send(exchange, 200, "application/json", "");
      }
      default ->
          send(
              exchange,
              200,
              "application/json",
              "{\"active\":%s}".formatted(tokens.containsKey(form.getOrDefault("token", ""))));
    }
  }

  private static Map<String, String> form(String body) {
    var form = new LinkedHashMap<String, String>();
    for (String pair : body.split("&", -1)) {
      var parts = pair.split("=", 2);
      if (parts.length == 2) {
        form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return form;
  }

  private void reply(HttpExchange exchange, Reply reply) throws IOException {
    switch (reply) {
      case Json(int status, String body) -> send(exchange, status, "application/json", body);
      case Raw(int status, String type, String body) -> send(exchange, status, type, body);
      case Redirect(String to) -> {
        exchange.getResponseHeaders().set("Location", to);
        exchange.sendResponseHeaders(307, -1);
        exchange.close();
      }
      case Hang(CountDownLatch arrived) -> {
        arrived.countDown();
        try {
          closing.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        exchange.close();
      }
      case Reset() -> exchange.close();
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
  }
}
