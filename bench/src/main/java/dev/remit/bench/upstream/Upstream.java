package dev.remit.bench.upstream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A small MCP server (revision 2025-11-25) with one tool, over Streamable HTTP with sessions, or
 * over stdio with {@code --stdio}.
 *
 * <p>It remembers nothing but its open sessions. It ends when its standard input does, so that it
 * never outlives the benchmark.
 */
public final class Upstream {

  /** What its ready line begins with; the endpoint's address follows. */
  public static final String READY = "upstream ready";

  private static final String SESSION = "Mcp-Session-Id";

  private final Set<String> sessions = ConcurrentHashMap.newKeySet();
  private final AtomicLong opened = new AtomicLong();

  private Upstream() {}

  /** Serves over HTTP on a free port, or with {@code --stdio} on standard input and output. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 1 && arguments[0].equals("--stdio")) {
      stdio();
      return;
    }
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
    var upstream = new Upstream();
    var server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/mcp", upstream::handle);
    server.start();
    System.out.println(READY + " http://127.0.0.1:" + server.getAddress().getPort() + "/mcp");
    while (System.in.read() >= 0) {
      Thread.onSpinWait();
    }
    server.stop(0);
  }

  private static void stdio() throws IOException {
    var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        var request = Json.parseObject(line);
        if (request.get("id").isPresent() && request.get("method").isPresent()) {
          out.print(Json.text(envelope(request)));
          out.print('\n');
          out.flush();
        }
      }
    }
  }

  private static Value.Obj envelope(Value.Obj request) {
    var answer = Tool.answer(request);
    var envelope = Value.object("jsonrpc", "2.0", "id", request.get("id").orElse(Value.Null.NULL));
    for (var member : answer.members().entrySet()) {
      envelope = envelope.with(member.getKey(), member.getValue());
    }
    return envelope;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String session = exchange.getRequestHeaders().getFirst(SESSION);
      switch (exchange.getRequestMethod()) {
        case "POST" -> post(exchange, Json.parseObject(body), session);
        case "DELETE" ->
            send(exchange, session != null && sessions.remove(session) ? 200 : 404, new byte[0]);
        default -> send(exchange, 405, new byte[0]);
      }
    }
  }

  private void post(
      HttpExchange exchange, Value.Obj request, @org.jspecify.annotations.Nullable String session)
      throws IOException {
    if (request.text("method").filter("initialize"::equals).isPresent()) {
      String id = "session-" + opened.incrementAndGet();
      sessions.add(id);
      exchange.getResponseHeaders().set(SESSION, id);
    } else if (session == null || !sessions.contains(session)) {
      send(exchange, session == null ? 400 : 404, new byte[0]);
      return;
    }
    boolean isRequest = request.get("id").isPresent();
    send(exchange, isRequest ? 200 : 202, isRequest ? Json.bytes(envelope(request)) : new byte[0]);
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }
}
