package dev.remit.log.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.remit.log.Origin;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The wire of a witness: {@code POST /add-checkpoint} (C2SP tlog-witness), and {@code GET
 * /checkpoint?origin=...} for whoever wants to see what it cosigned last.
 *
 * <p>There is no authentication beyond the log's signature, as the protocol has it, and no TLS: put
 * it behind what the site has for that.
 */
public final class WitnessServer implements AutoCloseable {
  private final HttpServer server;
  private final Witness witness;
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

  private WitnessServer(HttpServer server, Witness witness) {
    this.server = server;
    this.witness = witness;
  }

  /** Listens from now on, until closed. Port 0 takes a free one. */
  public static WitnessServer start(Witness witness, InetSocketAddress address) throws IOException {
    var started = new WitnessServer(HttpServer.create(address, 64), witness);
    started.server.setExecutor(started.callers);
    started.server.createContext("/add-checkpoint", started::add);
    started.server.createContext("/checkpoint", started::show);
    started.server.start();
    return started;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  private void add(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals("/add-checkpoint")) {
        send(exchange, 404, "text/plain; charset=utf-8", "there is nothing here\n");
        return;
      }
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.getResponseHeaders().set("Allow", "POST");
        send(exchange, 405, "text/plain; charset=utf-8", "send a checkpoint with POST\n");
        return;
      }
      byte[] body = exchange.getRequestBody().readNBytes(AddCheckpoint.LIMIT_BYTES + 1);
      if (body.length > AddCheckpoint.LIMIT_BYTES) {
        send(exchange, 413, "text/plain; charset=utf-8", "the request is too large\n");
        return;
      }
      WitnessAnswer answer = witness.add(body);
      send(exchange, answer.kind().status(), answer.contentType(), answer.body());
    }
  }

  private void show(HttpExchange exchange) throws IOException {
    try (exchange) {
      String query = exchange.getRequestURI().getRawQuery();
      if (query == null || !query.startsWith("origin=") || query.length() > 2000) {
        send(exchange, 400, "text/plain; charset=utf-8", "name a log: `?origin=...`\n");
        return;
      }
      String origin = URLDecoder.decode(query.substring(7), StandardCharsets.UTF_8);
      var latest = origin.isBlank() ? noCheckpoint() : latest(origin);
      send(
          exchange,
          latest.isPresent() ? 200 : 404,
          "text/plain; charset=utf-8",
          latest.orElse("no checkpoint of this log was cosigned here\n"));
    }
  }

  private java.util.Optional<String> latest(String origin) throws IOException {
    try {
      return witness.latest(new Origin(origin));
    } catch (dev.remit.log.InvalidLogDataException e) {
      return noCheckpoint();
    }
  }

  private static java.util.Optional<String> noCheckpoint() {
    return java.util.Optional.empty();
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    callers.close();
  }
}
