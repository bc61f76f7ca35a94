package dev.remit.lab.directory;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.remit.lab.http.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * Where new passwords wait for the people they are for. {@code POST /letters} with the sender's
 * token leaves one; {@code GET /letters} with the control key shows all, as the people would see
 * them.
 */
final class Letterbox implements AutoCloseable {
  private static final int LIMIT_BYTES = 4_096;
  private final String sender;
  private final String reader;
  private final HttpServer server;
  private final Map<String, Map<String, Object>> letters = new LinkedHashMap<>(); // guarded by this

  Letterbox(int port, String sender, String reader) throws IOException {
    this.sender = sender;
    this.reader = reader;
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    server = HttpServer.create(address, 16);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/letters", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (exchange.getRequestMethod()) {
        case "POST" -> leave(exchange);
        case "GET" -> show(exchange);
        default -> answer(exchange, 405, Json.object("error", "only GET and POST"));
      }
    }
  }

  private void leave(HttpExchange exchange) throws IOException {
    if (!isBearer(exchange, sender)) {
      answer(exchange, 401, Json.object("error", "the sender's token is missing"));
      return;
    }
    byte[] body = exchange.getRequestBody().readNBytes(LIMIT_BYTES + 1);
    if (body.length > LIMIT_BYTES) {
      answer(exchange, 413, Json.object("error", "the letter is too large"));
      return;
    }
    try {
      var letter = Json.parseObject(body);
      synchronized (this) {
        letters.put(String.valueOf(letter.get("call")), letter);
      }
      answer(exchange, 200, Json.object("kept", true));
    } catch (RuntimeException e) {
      answer(exchange, 400, Json.object("error", "the letter is no JSON object"));
    }
  }

  private void show(HttpExchange exchange) throws IOException {
    if (!isBearer(exchange, reader)) {
      answer(exchange, 401, Json.object("error", "the control key is missing"));
      return;
    }
    List<Map<String, Object>> all;
    synchronized (this) {
      all = List.copyOf(letters.values());
    }
    answer(exchange, 200, Json.object("letters", all));
  }

  private static boolean isBearer(HttpExchange exchange, String token) {
    var given = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8),
        ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, Map<String, Object> body)
      throws IOException {
    byte[] bytes = Json.pretty(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  synchronized void empty() {
    letters.clear();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
