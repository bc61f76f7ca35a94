package dev.remit.bench.approvals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.remit.bench.BenchException;
import dev.remit.bench.upstream.Tool;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The upstream in this process, so that its clock is ours: it notes when a call arrives. */
final class Vendor implements AutoCloseable {

  private final HttpServer server;
  private final AtomicInteger sessions = new AtomicInteger();
  private final LinkedBlockingQueue<Long> calls = new LinkedBlockingQueue<>();

  private Vendor(HttpServer server) {
    this.server = server;
  }

  static Vendor start() {
    try {
      var server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
      var vendor = new Vendor(server);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/mcp", vendor::handle);
      server.start();
      return vendor;
    } catch (IOException e) {
      throw BenchException.broken("cannot start the upstream");
    }
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mcp");
  }

  /** When the next call arrives, by {@link System#nanoTime}. */
  long nextCall(Duration patience) {
    try {
      Long at = calls.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (at == null) {
        throw BenchException.broken("a granted call never reached the vendor");
      }
      return at;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BenchException.broken("interrupted");
    }
  }

  /** How many calls arrived that nobody waited for. */
  int unexpected() {
    return calls.size();
  }

  private void handle(HttpExchange exchange) throws IOException {
    long arrived = System.nanoTime();
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      var request = Json.parseObject(body);
      String method = request.text("method").orElse("");
      if (method.equals("initialize")) {
        exchange
            .getResponseHeaders()
            .set("Mcp-Session-Id", "session-" + sessions.incrementAndGet());
      }
      if (method.equals("tools/call")) {
        calls.add(arrived);
      }
      answer(exchange, request);
    }
  }

  private static void answer(HttpExchange exchange, Value.Obj request) throws IOException {
    var id = request.get("id");
    if (id.isEmpty()) {
      exchange.sendResponseHeaders(202, -1);
      return;
    }
    var envelope = Value.object("jsonrpc", "2.0", "id", id.get());
    for (var member : Tool.answer(request).members().entrySet()) {
      envelope = envelope.with(member.getKey(), member.getValue());
    }
    byte[] bytes = Json.bytes(envelope);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
