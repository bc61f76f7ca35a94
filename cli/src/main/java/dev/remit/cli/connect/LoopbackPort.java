package dev.remit.cli.connect;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.remit.cli.CommandException;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Streamable HTTP on a port of this machine, for clients that know only an address.
 *
 * <p>Whoever can reach the port could work as this agent, so the address holds a name that other
 * users of the machine do not know, and a page in a browser is refused by the origin that it cannot
 * hide and the host that it resolved (DNS rebinding). Of the client's headers only those of MCP go
 * on; the bridge's own credentials never come back.
 */
final class LoopbackPort implements AutoCloseable {

  private static final int LONGEST = 4 * 1024 * 1024;

  private static final List<String> INWARD =
      List.of(
          "Accept",
          "MCP-Protocol-Version",
          "Mcp-Method",
          "Mcp-Name",
          "Mcp-Session-Id",
          "Last-Event-ID",
          "traceparent",
          "tracestate");

  private static final List<String> OUTWARD =
      List.of("Content-Type", "Mcp-Session-Id", "Retry-After");

  private final HttpServer server;
  private final Outward outward;
  private final String path;
  private final Consumer<String> log;

  private LoopbackPort(HttpServer server, Outward outward, String path, Consumer<String> log) {
    this.server = server;
    this.outward = outward;
    this.path = path;
    this.log = log;
  }

  /**
   * Opens it on 127.0.0.1.
   *
   * @param port 0 for a free one
   * @param name the part of the address that is not told to others
   */
  static LoopbackPort open(Outward outward, int port, String name, Consumer<String> log) {
    try {
      var address = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      var server = HttpServer.create(new InetSocketAddress(address, port), 0);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      var own = new LoopbackPort(server, outward, "/" + name + "/mcp", log);
      server.createContext("/", own::handle);
      server.start();
      return own;
    } catch (IOException e) {
      throw CommandException.usage("port " + port + " is taken: choose another with `--listen`");
    }
  }

  /** Where the client finds it. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var refusal = refusal(exchange);
      if (refusal == 0) {
        take(exchange);
      } else {
        refuse(exchange, refusal, "this bridge takes MCP messages of its own client alone");
      }
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    var running = new Running();
    try {
      var message = exchange.getRequestBody().readNBytes(LONGEST + 1);
      if (message.length > LONGEST) {
        refuse(exchange, 413, "a message has at most 4 MiB");
        return;
      }
      Envelope.read(message);
      answer(exchange, outward.post(message, headers(exchange), running));
    } catch (InvalidValueException e) {
      refuse(exchange, 400, "this is no JSON-RPC message");
    } catch (CommandException e) {
      log.accept(String.valueOf(e.getMessage()));
      refuse(exchange, 502, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      // The gateway is away, or the client went: nothing can be said once the answer has begun.
      running.giveUp();
      refuse(exchange, 502, "the gateway cannot be reached, or the connection broke");
    }
  }

  /** The status to refuse with; 0 for none. */
  private int refusal(HttpExchange exchange) {
    var headers = exchange.getRequestHeaders();
    int port = server.getAddress().getPort();
    var hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
    var host = headers.getOrDefault("Host", List.of());
    var origin = headers.getOrDefault("Origin", List.of());
    if (host.size() != 1 || !hosts.contains(host.getFirst())) {
      return 421;
    }
    if (!origin.stream().allMatch(from -> hosts.contains(from.replaceFirst("^http://", "")))) {
      return 403;
    }
    if (!exchange.getRequestURI().getRawPath().equals(path)) {
      return 404;
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      return 405;
    }
    var type = headers.getFirst("Content-Type");
    return type != null && type.matches("(?i)application/json( *;.*)?") ? 0 : 415;
  }

  private static Map<String, String> headers(HttpExchange exchange) {
    var found = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    for (var name : INWARD) {
      var value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        found.put(name, value);
      }
    }
    return found;
  }

  private static void answer(HttpExchange exchange, HttpResponse<InputStream> answer)
      throws IOException {
    try (var body = answer.body()) {
      int status = answer.statusCode();
      if (status == 401) {
        // The client cannot sign in; that is the bridge's business.
        refuse(exchange, 502, Problems.words(status, ""));
        return;
      }
      for (var name : OUTWARD) {
        answer
            .headers()
            .firstValue(name)
            .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
      }
      var first = body.readNBytes(1);
      exchange.sendResponseHeaders(status, first.length == 0 ? -1 : 0);
      if (first.length == 0) {
        return;
      }
      var out = exchange.getResponseBody();
      out.write(first);
      var buffer = new byte[8192];
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        out.write(buffer, 0, read);
        out.flush();
      }
      out.close();
    }
  }

  private static void refuse(HttpExchange exchange, int status, String words) throws IOException {
    if (exchange.getResponseCode() != -1) {
      return;
    }
    var body =
        Json.text(Value.object("status", status, "detail", words)).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
