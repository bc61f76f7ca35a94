package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes and headers that no well-behaved client sends; nothing of them reaches the gateway. */
class HostileHttpTest {

  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
          + "{\"name\":\"rmm_restart_service\",\"arguments\":{\"device\":\"7\"}}}";

  private final Rig rig = new Rig();

  @AfterEach
  void nothingWasExecutedAndTheServerStillServes() {
    assertThat(rig.gateway.isUntouched()).isTrue();
    assertThat(rig.legacy("ping", Value.Obj.EMPTY).status()).isEqualTo(200);
    rig.close();
  }

  private Rig.Reply post(String body, Map<String, String> fields) {
    var headers = new java.util.TreeMap<>(Map.of("Authorization", "Bearer agent-one"));
    headers.putAll(fields);
    return rig.post(rig.mcp(), body, headers);
  }

  private String raw(String text) {
    try (var raw = new Raw(rig.web.machinesUrl())) {
      String answer = raw.send(text).untilClosed();
      Clean.check(answer);
      return answer;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "nonsense",
        "{\"jsonrpc\":\"2.0\",}",
        "{\"jsonrpc\":\"2.0\"} trailing",
        "{\"a\":NaN}",
        "{\"a\":9007199254740993}",
        "{\"a\":-9007199254740993}",
        "{\"a\":1e999}",
        "{\"a\":-1e999}",
        "{\"\\udfff\":1}",
        "{\"a\":\"\\ud800\"}",
        "\uFEFF{}"
      })
  void malformedJsonIsAParseError(String body) {
    var reply = post(body, Map.of());
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.errorCode()).isEqualTo(-32700);
    assertThat(reply.json().get("id")).isEmpty();
    Clean.check(reply.body());
  }

  @Test
  void bytesThatAreNoUtf8AreAParseError() {
    var reply =
        rig.send(
            rig.mcp(),
            "POST",
            BodyPublishers.ofByteArray(new byte[] {'{', '"', (byte) 0xC3, '"', '}'}),
            Map.of("Authorization", "Bearer agent-one"));
    assertThat(reply.errorCode()).isEqualTo(-32700);
  }

  @Test
  void hostileCase28DuplicateKeysAreAParseErrorWhereverTheyStand() {
    for (var body :
        List.of(
            CALL.replace("\"id\":1", "\"id\":1,\"id\":2"),
            CALL.replace("\"device\":\"7\"", "\"device\":\"7\",\"device\":\"8\""),
            CALL.replace("\"name\"", "\"name\":\"rmm_device_health\",\"name\""),
            CALL.replace("\"method\"", "\"m\\u0065thod\":\"ping\",\"method\""))) {
      var reply = post(body, Map.of("MCP-Protocol-Version", "2025-11-25"));
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.errorCode()).isEqualTo(-32700);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9007199254740993",
        "-9007199254740992",
        "1e999",
        "1e16",
        "9007199254740990.5",
        "\"\\ud83d\"",
        "\"\\ude00\\ud83d\"",
        "[\"\\udc00\"]",
        "{\"x\":1,\"\\u0078\":2}"
      })
  void hostileCase28AnArgumentThatTwoReadersReadDifferentlyIsNotEvenACall(String value) {
    var reply = post(CALL.replace("\"7\"", value), Map.of("MCP-Protocol-Version", "2025-11-25"));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.errorCode()).isEqualTo(-32700);
    Clean.check(reply.body());
  }

  @Test
  void deepNestingIsAParseError() {
    String deep = "[".repeat(5_000) + "]".repeat(5_000);
    var reply = post(CALL.replace("\"7\"", deep), Map.of());
    assertThat(reply.errorCode()).isEqualTo(-32700);
    Clean.check(reply.body());
  }

  @Test
  void aHugeBodyIsRefusedBeforeItIsRead() {
    String answer = raw(Raw.head("Content-Length: 100000000\r\n\r\n"));
    assertThat(answer).startsWith("HTTP/1.1 413").contains("-32600");
  }

  @Test
  void aChunkedBodyBeyondTheLimitIsRefused() {
    String chunk = "4000\r\n" + " ".repeat(0x4000) + "\r\n";
    String answer = raw(Raw.head("Transfer-Encoding: chunked\r\n\r\n") + chunk.repeat(5));
    assertThat(answer).startsWith("HTTP/1.1 413").contains("-32600");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\r\n{}\r\n0\r\n\r\n", "-5\r\n{}\r\n0\r\n\r\n", "FFFFFFFFFF\r\n{}"})
  void aChunkSizeThatIsNoneIsABadRequest(String chunks) {
    assertThat(raw(Raw.head("Transfer-Encoding: chunked\r\n\r\n") + chunks))
        .startsWith("HTTP/1.1 4");
  }

  @Test
  void aHalfSentBodyLosesItsConnectionAndIsNotExecuted() {
    String half = CALL.substring(0, CALL.length() - 1);
    assertThat(raw(Raw.head("Content-Length: " + CALL.length() + "\r\n\r\n") + half)).isEmpty();
  }

  @Test
  void aHalfSentBodyThatNeedNotBeReadDoesNotHoldTheConnection() {
    String answer =
        raw("POST /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nonly this");
    assertThat(answer).startsWith("HTTP/1.1 404");
  }

  @Test
  void halfSentHeadersDoNotKeepOthersOut() {
    var waiting = new ArrayList<Raw>();
    try {
      for (int i = 0; i < 20; i++) {
        waiting.add(new Raw(rig.web.machinesUrl()).send("POST /mcp HTTP/1.1\r\nHost: loc"));
      }
      assertThat(rig.legacy("ping", Value.Obj.EMPTY).status()).isEqualTo(200);
    } finally {
      waiting.forEach(Raw::close);
    }
  }

  @Test
  void headersAndRequestLinesHaveAnEnd() {
    assertThat(raw(Raw.head("X-Long: " + "a".repeat(20_000) + "\r\n\r\n")))
        .startsWith("HTTP/1.1 4")
        .contains("-32600");
    assertThat(raw("POST /mcp?" + "a".repeat(10_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 414");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: gzip\r\n\r\n{}",
        "Content-Length: -1\r\n\r\n",
        "Content-Length: many\r\n\r\n",
        "Bad Name: x\r\n\r\n",
        "X-Bare: a\rb\r\n\r\n",
        "X-Null: a\u0000b\r\n\r\n",
        "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}"
      })
  void ambiguousFramingAndBrokenFieldsAreBadRequests(String fields) {
    assertThat(raw(Raw.head(fields))).matches("(?s)HTTP/1.1 (4\\d\\d|501) .*");
  }

  @Test
  void aLineBreakInAHeaderValueDoesNotReachTheAnswer() {
    String answer =
        raw(
            Raw.head(
                "Origin: http://x\r\nMcp-Name: a%0d%0aSet-Cookie: b=c\r\nConnection: close\r\n\r\n"));
    assertThat(answer).startsWith("HTTP/1.1 403").doesNotContain("Set-Cookie");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/xml", "application/json;charset=utf-16", "*/*"})
  void aBodyOfAnotherKindIsRefused(String type) {
    var reply = post(CALL, Map.of("Content-Type", type));
    assertThat(reply.status()).isEqualTo(415);
    assertThat(reply.errorCode()).isEqualTo(-32600);
  }

  @Test
  void aBodyWithoutAKindIsRefused() {
    String answer =
        raw(
            "POST /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer agent-one\r\n"
                + "Content-Length: 2\r\n\r\n{}");
    assertThat(answer).startsWith("HTTP/1.1 415");
  }

  @Test
  void aClientThatTakesNoJsonIsTold() {
    for (var accept : List.of("text/html", "application/json;q=0, text/event-stream;q=0.0")) {
      assertThat(post(CALL, Map.of("Accept", accept)).status()).isEqualTo(406);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example:80",
        "localhost:80:80",
        "LOCALHOST@evil.example",
        "[::2]",
        "0.0.0.0"
      })
  void aHostThatIsNotListedIsRefusedBeforeAnythingElse(String host) {
    String answer =
        raw(Raw.head("Connection: close\r\n\r\n").replace("Host: localhost", "Host: " + host));
    assertThat(answer).matches("(?s)HTTP/1.1 (400|403) .*");
    assertThat(rig.authenticated).isEmpty();
  }

  @Test
  void aMissingOrRepeatedHostIsRefused() {
    assertThat(raw("POST /mcp HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400");
    assertThat(raw("POST /mcp HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n"))
        .startsWith("HTTP/1.1 400");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example",
        "null",
        "https://localhost",
        "http://localhost:1",
        "http://127.0.0.1"
      })
  void anOriginThatIsNotOursIsRefusedBeforeAnythingElse(String origin) {
    String answer = raw(Raw.head("Origin: " + origin + "\r\nConnection: close\r\n\r\n"));
    assertThat(answer).startsWith("HTTP/1.1 403").contains("-32600");
    assertThat(rig.authenticated).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/mcp/",
        "//mcp",
        "/mcp/../mcp",
        "/%6dcp",
        "/mcp%2f",
        "/mcp;x=1",
        "/MCP",
        "/./mcp",
        "/v1/tasks/../tasks",
        "/v1/tasks/%2e%2e",
        "/v1/tasks/a%2fb",
        "/v1/tasks/..",
        "/etc/passwd"
      })
  void aPathHasOneSpelling(String path) {
    String answer =
        raw(
            "GET "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Authorization: Bearer agent-one\r\nConnection: close\r\n\r\n");
    assertThat(answer).matches("(?s)HTTP/1.1 40[04] .*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DELETE", "PUT", "OPTIONS", "HEAD", "PATCH", "TRACE"})
  void otherMethodsAreNotAllowedOnTheEndpoint(String method) {
    var reply =
        rig.send(
            rig.mcp(),
            method,
            BodyPublishers.noBody(),
            Map.of("Authorization", "Bearer agent-one", "Accept", "text/event-stream"));
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("Allow")).isEqualTo("POST");
    Clean.check(reply.body());
  }

  @Test
  void whatIsNotThereIsAProblem() {
    var reply = rig.get(URI.create(rig.web.machinesUrl() + "/v1/kill"), Map.of());
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(Json.parseObject(reply.body()).text("code")).contains("not-found");
  }
}
