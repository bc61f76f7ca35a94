package dev.remit.cli.signin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A port of this machine that waits for the one address a browser brings a code to (RFC 8252,
 * section 7.3). What comes without the state it was opened with is answered and forgotten.
 */
public final class Loopback implements AutoCloseable {

  private final HttpServer server;
  private final String state;
  private final CompletableFuture<String> code = new CompletableFuture<>();

  private Loopback(HttpServer server, String state) {
    this.server = server;
    this.state = state;
  }

  /** Opens a port on 127.0.0.1 that the system chooses. */
  public static Loopback open(String state) throws IOException {
    var address = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
    var loopback = new Loopback(HttpServer.create(address, 0), state);
    loopback.server.createContext("/", loopback::handle);
    loopback.server.start();
    return loopback;
  }

  /** Its port. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Where the browser is to bring the code. */
  public String redirect() {
    return "http://127.0.0.1:" + port() + "/callback";
  }

  /** The code; empty when nobody brought one in this time. */
  public Optional<String> code(Duration within) throws InterruptedException {
    try {
      return Optional.of(code.get(within.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    var query = query(exchange.getRequestURI().getRawQuery());
    boolean isOurs =
        exchange.getRequestMethod().equals("GET")
            && exchange.getRequestURI().getPath().equals("/callback")
            && isEqual(query.getOrDefault("state", ""), state)
            && !query.getOrDefault("code", "").isEmpty();
    if (isOurs) {
      code.complete(query.getOrDefault("code", ""));
    }
    answer(
        exchange,
        isOurs ? 200 : 400,
        isOurs
            ? "The command line is signed in. You can close this page."
            : "This was not begun here. Run `remit login` again.");
  }

  private static void answer(HttpExchange exchange, int status, String words) throws IOException {
    byte[] bytes = (words + "\n").getBytes(StandardCharsets.UTF_8);
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "text/plain; charset=utf-8");
    headers.set("Cache-Control", "no-store");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("X-Content-Type-Options", "nosniff");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static boolean isEqual(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** What comes twice is as if it had not come; codes and states need no escapes. */
  private static Map<String, String> query(@org.jspecify.annotations.Nullable String raw) {
    var read = new HashMap<String, String>();
    if (raw == null || raw.length() > 2_000) {
      return read;
    }
    for (var pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        read.merge(pair.substring(0, equals), pair.substring(equals + 1), (first, second) -> "");
      }
    }
    return read;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
