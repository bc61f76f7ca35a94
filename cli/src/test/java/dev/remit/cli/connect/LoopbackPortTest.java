package dev.remit.cli.connect;

import static dev.remit.cli.connect.FakeGateway.json;
import static dev.remit.cli.connect.FakeGateway.reply;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bridge as an address on this machine. */
class LoopbackPortTest {

  private static final String MESSAGE = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
  private final FakeGateway gateway = new FakeGateway();
  private final Bridge bridge = new Bridge(gateway);
  private final LoopbackPort port =
      LoopbackPort.open(bridge.outward(), 0, "name-1", bridge.said::add);

  @AfterEach
  void close() {
    port.close();
    gateway.close();
  }

  /** By hand, because clients do not let one write these headers. */
  private String send(String start, String headers, String body) {
    int number = URI.create(port.url()).getPort();
    try (var socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), number)) {
      socket.setSoTimeout(10_000);
      var request =
          start
              + " HTTP/1.1\r\nConnection: close\r\n"
              + headers.replace("PORT", "" + number)
              + "Content-Length: "
              + body.length()
              + "\r\n\r\n"
              + body;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return all(socket.getInputStream());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String all(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "POST /name-1/mcp, evil.example, , application/json, 421",
    "POST /name-1/mcp, evil.example:PORT, , application/json, 421",
    "POST /name-1/mcp, 127.0.0.1:1, , application/json, 421",
    "POST /name-1/mcp, 127.0.0.1:PORT, https://evil.example, application/json, 403",
    "POST /name-1/mcp, 127.0.0.1:PORT, null, application/json, 403",
    "POST /name-1/mcp, 127.0.0.1:PORT, http://127.0.0.1:1, application/json, 403",
    "POST /mcp, 127.0.0.1:PORT, , application/json, 404",
    "POST /other/mcp, 127.0.0.1:PORT, , application/json, 404",
    "POST /name-1/mcp/../mcp, 127.0.0.1:PORT, , application/json, 404",
    "GET /name-1/mcp, 127.0.0.1:PORT, , application/json, 405",
    "POST /name-1/mcp, 127.0.0.1:PORT, , text/plain, 415",
    "POST /name-1/mcp, 127.0.0.1:PORT, , application/jsonx, 415"
  })
  void whoeverIsNotTheClientIsRefused(
      String start, String host, String origin, String type, int status) {
    var from = origin == null ? "" : "Origin: " + origin + "\r\n";
    var answer =
        send(start, "Host: " + host + "\r\n" + from + "Content-Type: " + type + "\r\n", MESSAGE);
    assertThat(answer).startsWith("HTTP/1.1 " + status);
    assertThat(gateway.seen).isEmpty();
  }

  private String post(String more, String body) {
    return send(
        "POST /name-1/mcp",
        "Host: localhost:PORT\r\nContent-Type: application/json\r\n" + more,
        body);
  }

  @Test
  void theClientsOwnCredentialsDoNotGoOnAndOursDoNotComeBack() {
    gateway.will((exchange, seen) -> {
      exchange.getResponseHeaders().set("DPoP-Nonce", "n");
      exchange.getResponseHeaders().set("Set-Cookie", "a=b");
      exchange.getResponseHeaders().set("Mcp-Session-Id", "s-1");
      json(exchange, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
    });
    var answer =
        post(
            """
            Authorization: Bearer stolen\r
            DPoP: x\r
            Cookie: c=d\r
            X-Forwarded-For: 1.2.3.4\r
            MCP-Protocol-Version: 2025-11-25\r
            """,
            MESSAGE);
    assertThat(answer).startsWith("HTTP/1.1 200").containsIgnoringCase("mcp-session-id: s-1");
    assertThat(answer.toLowerCase(java.util.Locale.ROOT))
        .doesNotContain("dpop-nonce", "set-cookie");
    var seen = gateway.seen.getFirst();
    assertThat(seen.header("Authorization")).isEqualTo("DPoP token-0");
    assertThat(seen.headers()).doesNotContainKeys("Cookie", "X-Forwarded-For");
    assertThat(seen.header("MCP-Protocol-Version")).isEqualTo("2025-11-25");
    assertThat(seen.body()).isEqualTo(MESSAGE);
  }

  @Test
  void aClientIsNeverAskedToSignIn() {
    gateway.will((exchange, seen) -> reply(exchange, 401, "", ""));
    assertThat(post("", MESSAGE)).startsWith("HTTP/1.1 502");
  }

  @Test
  void aGatewayThatIsAwayIsTold() {
    gateway.close();
    assertThat(post("", MESSAGE)).startsWith("HTTP/1.1 502").contains("cannot be reached");
  }

  @Test
  void whatIsNoMessageStaysHere() {
    assertThat(post("", "[]")).startsWith("HTTP/1.1 400");
    assertThat(gateway.seen).isEmpty();
  }

  @Test
  void anEventIsThereBeforeTheStreamEnds() throws Exception {
    var isRead = new CountDownLatch(1);
    gateway.will((exchange, seen) -> {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write("data: one\n\n".getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
      try {
        exchange
            .getResponseBody()
            .write(
                (isRead.await(30, TimeUnit.SECONDS) ? "data: two\n\n" : "data: late\n\n")
                    .getBytes(StandardCharsets.UTF_8));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    var connection = (java.net.HttpURLConnection) URI.create(port.url()).toURL().openConnection();
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/json");
    connection.getOutputStream().write(MESSAGE.getBytes(StandardCharsets.UTF_8));
    try (var in = connection.getInputStream()) {
      assertThat(new String(in.readNBytes(11), StandardCharsets.UTF_8)).isEqualTo("data: one\n\n");
      isRead.countDown();
      assertThat(all(in)).isEqualTo("data: two\n\n");
    }
  }

  @Test
  void itsAddressHoldsANameThatFollowsFromTheKey() {
    assertThat(bridge.key.privateName())
        .hasSize(22)
        .isNotEqualTo(new Bridge(gateway).key.privateName());
    assertThat(bridge.key.thumbprint()).doesNotContain(bridge.key.privateName());
  }
}
