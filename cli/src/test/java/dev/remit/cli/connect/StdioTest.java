package dev.remit.cli.connect;

import static dev.remit.cli.connect.FakeGateway.json;
import static dev.remit.cli.connect.FakeGateway.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MCP on standard input and output, towards gateways that do as they please. */
class StdioTest {

  private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
  private static final String EMPTY = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
  private static final String MODERN =
      "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"tools/call\",\"params\":{\"name\":\"NAME\",\"_meta\":{"
          + "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}}";

  private final FakeGateway gateway = new FakeGateway();
  private final Bridge bridge = new Bridge(gateway);

  @AfterEach
  void close() {
    gateway.close();
  }

  private static String error(Value.Obj answer) {
    return answer.object("error").flatMap(error -> error.text("message")).orElse("");
  }

  private static long code(Value.Obj answer) {
    return answer.object("error").flatMap(error -> error.integer("code")).orElse(0L);
  }

  @Test
  void aMessageGoesOutByteForByteAndItsAnswerComesBack() {
    gateway.will((exchange, seen) ->
        json(exchange, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"x\":1},\"new\":[]}"));
    var odd =
        "{\"id\":1, \"method\":\"tools/list\",\"jsonrpc\":\"2.0\",\"unknown\":{\"deep\":[1,2.50]}}";
    assertThat(bridge.run(odd)).hasSize(1);
    assertThat(bridge.written()).contains("\"new\":[]");
    assertThat(gateway.seen.getFirst().body()).isEqualTo(odd);
  }

  @Test
  void everyRequestHasAProofOfItsOwnForItsToken() {
    gateway.will((exchange, seen) -> json(exchange, EMPTY));
    bridge.run(LIST);
    bridge.run(LIST);
    var jtis = gateway.seen.stream().map(s -> s.proof().text("jti").orElseThrow()).distinct();
    assertThat(jtis).hasSize(2);
    var seen = gateway.seen.getFirst();
    assertThat(seen.header("Authorization")).isEqualTo("DPoP token-0");
    var proof = FakeGateway.verified(seen.header("DPoP"));
    assertThat(proof.text("htm")).contains("POST");
    assertThat(proof.text("htu")).contains(gateway.mcp().toString());
    assertThat(proof.text("ath")).contains(ProofKey.digest("token-0"));
    assertThat(FakeGateway.header(seen.header("DPoP")).text("typ")).contains("dpop+jwt");
    assertThat(FakeGateway.header(seen.header("DPoP")).object("jwk").orElseThrow().get("d"))
        .isEmpty();
  }

  @Test
  void aNonceThatIsWantedIsUsedAtOnceAndFromThenOn() {
    gateway.will((exchange, seen) -> {
      exchange.getResponseHeaders().set("DPoP-Nonce", "n-1");
      if (seen.proof().text("nonce").equals(Optional.of("n-1"))) {
        json(exchange, EMPTY);
      } else {
        reply(exchange, 401, "", "");
      }
    });
    assertThat(bridge.run(LIST)).singleElement().satisfies(a -> assertThat(code(a)).isZero());
    bridge.run(LIST);
    assertThat(gateway.seen).hasSize(3);
    assertThat(gateway.seen).allMatch(seen -> seen.header("Authorization").endsWith("token-0"));
  }

  @Test
  void aGatewayThatWantsAnotherNonceEachTimeIsGivenUp() {
    gateway.will((exchange, seen) -> {
      exchange.getResponseHeaders().set("DPoP-Nonce", "n-" + gateway.seen.size());
      reply(exchange, 401, "", "");
    });
    assertThat(error(bridge.run(LIST).getFirst())).contains("401");
    assertThat(gateway.seen).hasSize(4);
  }

  @Test
  void aTokenThatIsRefusedIsHadAnewOnce() {
    gateway.will((exchange, seen) -> {
      if (seen.header("Authorization").endsWith("token-1")) {
        json(exchange, EMPTY);
      } else {
        reply(exchange, 401, "", "");
      }
    });
    assertThat(code(bridge.run(LIST).getFirst())).isZero();
    assertThat(gateway.seen).hasSize(2);
  }

  @Test
  void aWorkloadThatIsNotKnownHearsItAndNoTokenIsWritten() {
    gateway.will((exchange, seen) -> reply(exchange, 401, "", ""));
    var answers = bridge.run(LIST);
    assertThat(answers).singleElement().satisfies(a -> assertThat(code(a)).isEqualTo(-32_000));
    assertThat(gateway.seen).hasSize(2);
    assertThat(bridge.written() + bridge.said).doesNotContain("token-");
  }

  @Test
  void aRedirectIsNotFollowed() {
    gateway.will((exchange, seen) -> {
      exchange.getResponseHeaders().set("Location", gateway.origin() + "/elsewhere");
      reply(exchange, 307, "", "");
    });
    assertThat(error(bridge.run(LIST).getFirst())).contains("307");
    assertThat(gateway.seen).extracting(FakeGateway.Seen::path).containsExactly("/mcp");
  }

  @Test
  void whatBrokeOnTheWayIsNeverSentTwice() {
    gateway.will((exchange, seen) -> exchange.close());
    assertThat(error(bridge.run(LIST).getFirst())).contains("not known");
    assertThat(gateway.seen).hasSize(1);
  }

  @Test
  void aProblemIsToldByItsNameAlone() {
    gateway.will((exchange, seen) ->
        reply(
            exchange,
            503,
            "application/problem+json",
            "{\"code\":\"identity-unavailable\",\"detail\":\"<script>\"}"));
    assertThat(error(bridge.run(LIST).getFirst()))
        .contains("503 (identity-unavailable)")
        .doesNotContain("script");
  }

  @Test
  void anErrorOfTheGatewayIsPassedWhateverItsStatus() {
    gateway.will((exchange, seen) ->
        reply(
            exchange,
            400,
            "application/json",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32602,\"message\":\"no\"}}"));
    assertThat(code(bridge.run(LIST).getFirst())).isEqualTo(-32_602);
  }

  @Test
  void theHandshakesVersionIsNamedFromThenOn() throws Exception {
    gateway.will((exchange, seen) ->
        json(
            exchange,
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-11-25\"}}"));
    var handshake = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{}}";
    var pipe = new PipedOutputStream();
    try (var in = new PipedInputStream(pipe)) {
      var served = Thread.ofVirtual().start(() -> serve(in));
      pipe.write((handshake + "\n").getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 500 && bridge.written().isEmpty(); i++) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      pipe.write((LIST + "\n").getBytes(StandardCharsets.UTF_8));
      pipe.close();
      served.join();
    }
    assertThat(gateway.seen)
        .extracting(seen -> seen.header("MCP-Protocol-Version"))
        .containsExactly("", "2025-11-25");
  }

  private void serve(PipedInputStream in) {
    try {
      bridge.stdio().serve(in);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aModernMessageHasTheHeadersThatItsRevisionWants() {
    gateway.will(
        (exchange, seen) -> json(exchange, "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"result\":{}}"));
    bridge.run(MODERN.replace("NAME", "rmm_restart_service"));
    var seen = gateway.seen.getFirst();
    assertThat(seen.header("MCP-Protocol-Version")).isEqualTo("2026-07-28");
    assertThat(seen.header("Mcp-Method")).isEqualTo("tools/call");
    assertThat(seen.header("Mcp-Name")).isEqualTo("rmm_restart_service");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gerät", " padded ", "=?base64?eA==?=", "a\\r\\nX-Evil: 1"})
  void aNameThatNoHeaderCarriesIsEncoded(String name) {
    gateway.will(
        (exchange, seen) -> json(exchange, "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"result\":{}}"));
    bridge.run(MODERN.replace("NAME", name));
    var seen = gateway.seen.getFirst();
    assertThat(seen.header("Mcp-Name")).startsWith("=?base64?").endsWith("?=");
    assertThat(seen.headers()).doesNotContainKey("X-Evil");
  }

  @Test
  void eventsComeAsLinesInTheirOrder() {
    gateway.will((exchange, seen) ->
        reply(
            exchange,
            200,
            "text/event-stream",
            """
            : pulse

            data: {"jsonrpc":"2.0","method":"notifications/progress"}

            event: message
            data: {"jsonrpc":"2.0",
            data: "id":1,"result":{}}

            """));
    var answers = bridge.run(LIST);
    assertThat(answers).hasSize(2);
    assertThat(answers.getFirst().text("method")).contains("notifications/progress");
    assertThat(answers.getLast().integer("id")).contains(1L);
  }

  @Test
  void aStreamThatEndsBeforeTheAnswerIsAnError() {
    gateway.will((exchange, seen) ->
        reply(
            exchange,
            200,
            "text/event-stream",
            "data: {\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}\n\ndata: {\"jsonrpc\""));
    var answers = bridge.run(LIST);
    assertThat(answers).hasSize(2);
    assertThat(error(answers.getLast())).contains("before it was whole");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}]",
        "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"tools/list\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"tools/list\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"tools/list\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":12345678901234567890,\"method\":\"x\"}"
      })
  void whatIsNoMessageIsRefusedHere(String line) {
    var answers = bridge.run(line);
    assertThat(answers).singleElement().satisfies(a -> assertThat(code(a)).isEqualTo(-32_700));
    assertThat(gateway.seen).isEmpty();
  }

  @Test
  void aMessageWithoutEndIsNotKept() {
    var answers = bridge.run("{\"jsonrpc\":\"2.0\",\"x\":\"" + "a".repeat(5 << 20) + "\"}", "");
    assertThat(answers).singleElement().satisfies(a -> assertThat(code(a)).isEqualTo(-32_600));
    assertThat(gateway.seen).isEmpty();
  }

  @Test
  void aNotificationGetsNoAnswer() {
    gateway.will((exchange, seen) -> reply(exchange, 500, "text/html", "<h1>broken</h1>"));
    assertThat(bridge.run("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"))
        .isEmpty();
  }

  @Test
  void aCancelledRequestIsClosedAndGetsNoAnswer() throws Exception {
    var arrived = new CountDownLatch(1);
    var isClosed = new CountDownLatch(1);
    gateway.will((exchange, seen) -> {
      if (seen.body().contains("cancelled")) {
        reply(exchange, 202, "", "");
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      arrived.countDown();
      try {
        while (true) {
          exchange.getResponseBody().write(": pulse\n\n".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          TimeUnit.MILLISECONDS.sleep(10);
        }
      } catch (java.io.IOException e) {
        isClosed.countDown();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    var pipe = new PipedOutputStream();
    try (var in = new PipedInputStream(pipe)) {
      var served = Thread.ofVirtual().start(() -> serve(in));
      pipe.write((MODERN.replace("NAME", "x") + "\n").getBytes(StandardCharsets.UTF_8));
      assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
      pipe.write(
          "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":\"a\"}}\n"
              .getBytes(StandardCharsets.UTF_8));
      assertThat(isClosed.await(30, TimeUnit.SECONDS)).isTrue();
      pipe.close();
      served.join();
    }
    assertThat(bridge.answers()).isEqualTo(List.of());
  }

  @Test
  void anIdThatIsOnItsWayIsNotTakenTwice() {
    gateway.will((exchange, seen) -> {
      try {
        TimeUnit.MILLISECONDS.sleep(300);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      json(exchange, EMPTY);
    });
    var answers = bridge.run(LIST, LIST);
    assertThat(answers).hasSize(2);
    assertThat(gateway.seen).hasSize(1);
  }
}
