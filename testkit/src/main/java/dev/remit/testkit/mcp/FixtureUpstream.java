package dev.remit.testkit.mcp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import dev.remit.testkit.Gate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A real MCP server (Streamable HTTP, 2025-11-25, JSON answers) on loopback, with sessions, which a
 * test can make hang, change its tools, refuse to end sessions, or talk out of turn.
 *
 * <p>It keeps every message that came in. Session identifiers are counted, not secret.
 */
public final class FixtureUpstream implements AutoCloseable {
  private static final String VERSION = "2025-11-25";

  static {
    // Head and body leave in two writes; without this each answer waits for a delayed
    // acknowledgment.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Set<String> sessions = ConcurrentHashMap.newKeySet();
  private final AtomicLong opened = new AtomicLong();
  private final FixtureTools tools;
  private final Map<String, Gate> gates = new ConcurrentHashMap<>();
  private final HttpServer server;
  private volatile List<Value.Obj> said = List.of();
  private volatile boolean isDeafToDelete;
  private volatile boolean isAway;
  private volatile boolean isRefusing;

  /** One HTTP request that came in. */
  public record Received(String method, Optional<String> session, Value.Obj message) {
    /** The JSON-RPC method, or empty text for a response. */
    public String rpcMethod() {
      return message.text("method").orElse("");
    }
  }

  /** Starts on a free port; {@code organizationOf} says whose a device is. */
  public FixtureUpstream(Function<String, Optional<Long>> organizationOf) {
    this(organizationOf, 0);
  }

  public FixtureUpstream(Function<String, Optional<Long>> organizationOf, int port) {
    tools = new FixtureTools(organizationOf);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/mcp", this::handle);
    server.start();
  }

  /** Runs until it is killed: {@code [port]}; every device belongs to organization 1. */
  public static void main(String[] args) {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 0;
    var upstream = new FixtureUpstream(device -> Optional.of(1L), port);
    System.out.println("fixture upstream ready " + upstream.uri());
  }

  /** The MCP endpoint. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mcp");
  }

  /** Everything that came in. */
  public List<Received> received() {
    return List.copyOf(received);
  }

  /** Sessions that are open. */
  public Set<String> sessions() {
    return Set.copyOf(sessions);
  }

  /** The definition of a tool as it is listed; its digest is the tool's pin. */
  public Value.Obj definition(String tool) {
    var found = tools.all().get(tool);
    if (found == null) {
      throw new IllegalArgumentException("no such tool: " + tool);
    }
    return found.definition();
  }

  /** Adds or replaces a tool. */
  public void tool(String name, String description, Function<Value.Obj, Value.Obj> answer) {
    tools.put(name, description, Value.object("type", "object"), answer);
  }

  /** Removes a tool. */
  public void remove(String name) {
    tools.all().remove(name);
  }

  /** Whether new sessions are refused. */
  public void refuseSessions(boolean refuse) {
    isRefusing = refuse;
  }

  /** Says these messages on an event stream before each answer of a tool. */
  public void sayFirst(List<Value.Obj> messages) {
    said = List.copyOf(messages);
  }

  /** Holds calls of this tool until the gate opens. */
  public Gate hold(String tool) {
    return gates.computeIfAbsent(tool, name -> new Gate());
  }

  /** From now on a DELETE is answered and does nothing. */
  public void deafToDelete(boolean deaf) {
    isDeafToDelete = deaf;
  }

  /** Whether every connection is closed without an answer. */
  public void away(boolean away) {
    isAway = away;
  }

  /** Forgets all sessions, as a restart would. */
  public void forgetSessions() {
    sessions.clear();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (isAway) {
      exchange.close();
      return;
    }
    try {
      var message = body.length == 0 ? Value.Obj.EMPTY : Json.parseObject(body);
      var session = Optional.ofNullable(exchange.getRequestHeaders().getFirst("MCP-Session-Id"));
      received.add(new Received(exchange.getRequestMethod(), session, message));
      switch (exchange.getRequestMethod()) {
        case "POST" -> post(exchange, message, session);
        case "DELETE" -> delete(exchange, session);
        default -> send(exchange, 405, "");
      }
    } catch (InvalidValueException e) {
      send(exchange, 400, "");
    }
  }

  private void delete(HttpExchange exchange, Optional<String> session) throws IOException {
    boolean isKnown = session.filter(sessions::contains).isPresent();
    if (!isDeafToDelete) {
      session.ifPresent(sessions::remove);
    }
    send(exchange, isKnown ? 200 : 404, "");
  }

  private void post(HttpExchange exchange, Value.Obj message, Optional<String> session)
      throws IOException {
    var method = message.text("method").orElse("");
    if (method.equals("initialize") && isRefusing) {
      send(exchange, 403, "");
      return;
    }
    if (method.equals("initialize")) {
      var id = "session-" + opened.incrementAndGet();
      sessions.add(id);
      exchange.getResponseHeaders().set("MCP-Session-Id", id);
      answer(exchange, message, initialized());
      return;
    }
    if (session.isEmpty() || !sessions.contains(session.get())) {
      send(exchange, session.isEmpty() ? 400 : 404, "");
      return;
    }
    if (message.get("id").isEmpty() || method.isEmpty()) {
      send(exchange, 202, "");
      return;
    }
    request(exchange, message, method);
  }

  private static Value.Obj initialized() {
    return Value.object(
        "protocolVersion", VERSION,
        "capabilities", Value.object("tools", Value.Obj.EMPTY),
        "serverInfo", Value.object("name", "fixture", "version", "1"));
  }

  private void request(HttpExchange exchange, Value.Obj message, String method) throws IOException {
    switch (method) {
      case "ping" -> answer(exchange, message, Value.Obj.EMPTY);
      case "tools/list" -> answer(exchange, message, Value.object("tools", definitions()));
      case "tools/call" -> call(exchange, message);
      default -> error(exchange, message, -32601);
    }
  }

  private List<Value.Obj> definitions() {
    return tools.all().values().stream().map(FixtureTools.FixtureTool::definition).toList();
  }

  private void call(HttpExchange exchange, Value.Obj message) throws IOException {
    var params = message.object("params").orElse(Value.Obj.EMPTY);
    var name = params.text("name").orElse("");
    var tool = tools.all().get(name);
    if (tool == null) {
      error(exchange, message, -32602);
      return;
    }
    Optional.ofNullable(gates.get(name)).ifPresent(Gate::pass);
    answer(
        exchange, message, tool.answer().apply(params.object("arguments").orElse(Value.Obj.EMPTY)));
  }

  private void answer(HttpExchange exchange, Value.Obj message, Value.Obj result)
      throws IOException {
    reply(exchange, message, "result", result);
  }

  private void error(HttpExchange exchange, Value.Obj message, int code) throws IOException {
    reply(exchange, message, "error", Value.object("code", code, "message", "upstream words"));
  }

  private void reply(HttpExchange exchange, Value.Obj message, String kind, Value.Obj what)
      throws IOException {
    var id = message.get("id").orElse(Value.Null.NULL);
    var answer = Value.object("jsonrpc", "2.0", "id", id, kind, what);
    boolean isCall = message.text("method").filter("tools/call"::equals).isPresent();
    if (said.isEmpty() || !isCall) {
      send(exchange, 200, Json.text(answer));
      return;
    }
    var stream = new StringBuilder(": stream\nid: 0\ndata:\n\n");
    said.forEach(event -> stream.append("data: ").append(Json.text(event)).append("\n\n"));
    stream.append("event: message\r\ndata: ").append(Json.text(answer)).append("\r\n\r\n");
    send(exchange, 200, stream.toString(), "text/event-stream");
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    send(exchange, status, body, "application/json");
  }

  private static void send(HttpExchange exchange, int status, String body, String type)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  @Override
  public void close() {
    gates.values().forEach(Gate::open);
    server.stop(0);
  }
}
