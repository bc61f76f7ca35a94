package dev.remit.identity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A real HTTP server on loopback that publishes an issuer's keys, or misbehaves. */
final class KeyServer implements AutoCloseable {

  /** How it answers. */
  enum Mood {
    WELL,
    ERROR,
    REDIRECT,
    NOT_JSON,
    HUGE,
    EMPTY_SET,
    HANGS,
    HANGS_IN_BODY
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger hits = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Mood mood = Mood.WELL;
  private volatile byte[] keySet = {};

  KeyServer(TestKey... keys) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
    publish(keys);
  }

  void publish(TestKey... keys) {
    var jwks = new Value.Array(Arrays.stream(keys).map(key -> (Value) key.jwk()).toList());
    keySet = Json.bytes(Value.object("keys", jwks));
  }

  void becomes(Mood next) {
    mood = next;
  }

  int hits() {
    return hits.get();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/jwks");
  }

  private void answer(HttpExchange exchange) throws IOException {
    hits.incrementAndGet();
    try (exchange) {
      switch (mood) {
        case WELL -> send(exchange, 200, keySet);
        case ERROR -> send(exchange, 503, keySet);
        case REDIRECT -> {
          boolean isFirst = exchange.getRequestURI().getPath().equals("/jwks");
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          send(exchange, isFirst ? 302 : 200, keySet);
        }
        case NOT_JSON -> send(exchange, 200, new byte[] {'<', 'h'});
        case HUGE -> send(exchange, 200, padded());
        case EMPTY_SET ->
            send(
                exchange,
                200,
                Json.bytes(Value.object("keys", new Value.Array(java.util.List.of()))));
        case HANGS -> await();
        case HANGS_IN_BODY -> {
          exchange.sendResponseHeaders(200, keySet.length);
          exchange.getResponseBody().write(keySet, 0, 10);
          exchange.getResponseBody().flush();
          await();
        }
      }
    }
  }

  /** The good key set behind more white space than is read. */
  private byte[] padded() {
    byte[] padded = new byte[keySet.length + (int) HttpJwksSource.MOST_BYTES];
    Arrays.fill(padded, (byte) ' ');
    System.arraycopy(keySet, 0, padded, padded.length - keySet.length, keySet.length);
    return padded;
  }

  private void await() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
