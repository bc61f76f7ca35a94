package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that break the protocol's rules: its own error, and nothing executed. */
class HostileMcpTest {

  private static final String META = "io.modelcontextprotocol/";
  private static final Value.Obj CALL =
      Value.object("name", "rmm_restart_service", "arguments", Value.object("device", "7"));

  private final Rig rig = new Rig();

  @AfterEach
  void nothingWasExecuted() {
    assertThat(rig.gateway.isUntouched()).isTrue();
    rig.close();
  }

  private Rig.Reply post(String body) {
    var reply =
        rig.post(
            rig.mcp(),
            body,
            Map.of("Authorization", "Bearer agent-one", "MCP-Protocol-Version", "2025-11-25"));
    Clean.check(reply.body());
    return reply;
  }

  @Test
  void batchesAreNotTaken() {
    for (var body : List.of("[]", "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]")) {
      assertThat(post(body).status()).isEqualTo(400);
      assertThat(post(body).errorCode()).isEqualTo(-32600);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "1",
        "\"tools/call\"",
        "true",
        "1.5",
        "{}",
        "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
        "{\"id\":1,\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[]}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":null}",
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":[1],\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":true,\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":1,\"message\":\"x\"}}"
      })
  void whatIsNoRequestIsAnInvalidRequest(String body) {
    var reply = post(body);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.errorCode()).isEqualTo(-32600);
  }

  @Test
  void anIdThatCouldBeReadComesBackWithTheError() {
    assertThat(post("{\"jsonrpc\":\"2.0\",\"id\":\"x-1\",\"method\":7}").json().get("id"))
        .contains(Value.of("x-1"));
  }

  @Test
  void anUnknownMethodIsNotFoundInTheWayOfEachRevision() {
    for (var method : List.of("resources/list", "prompts/get", "tools/execute", "Tools/List")) {
      var legacy = rig.legacy(method, Value.Obj.EMPTY);
      assertThat(legacy.status()).isEqualTo(200);
      assertThat(legacy.errorCode()).isEqualTo(-32601);
      var modern = rig.modern(method, Value.Obj.EMPTY);
      assertThat(modern.status()).isEqualTo(404);
      assertThat(modern.errorCode()).isEqualTo(-32601);
    }
  }

  @Test
  void eachRevisionHasItsOwnMethodsOnly() {
    assertThat(rig.modern("initialize", Value.Obj.EMPTY).errorCode()).isEqualTo(-32601);
    assertThat(rig.modern("ping", Value.Obj.EMPTY).errorCode()).isEqualTo(-32601);
    assertThat(rig.legacy("server/discover", Value.Obj.EMPTY).errorCode()).isEqualTo(-32601);
  }

  @Test
  void aHeaderThatDiffersFromTheBodyIsAMismatch() {
    for (var fields :
        List.of(
            Map.of("Mcp-Method", "tools/list"),
            Map.of("Mcp-Method", "TOOLS/CALL"),
            Map.of("Mcp-Method", ""),
            Map.of("Mcp-Name", "rmm_wipe_device"),
            Map.of("Mcp-Name", ""),
            Map.of("Mcp-Name", "=?base64?cm1tX3dpcGVfZGV2aWNl?="),
            Map.of("Mcp-Name", "=?base64?!!!?="),
            Map.of("Mcp-Name", "=?base64?w4M=w?="),
            Map.of("MCP-Protocol-Version", "2025-11-25"),
            Map.of("MCP-Protocol-Version", "1900-01-01"),
            Map.of("MCP-Protocol-Version", ""))) {
      var reply = rig.modern("tools/call", CALL, fields);
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.errorCode()).as(fields.toString()).isEqualTo(-32020);
      assertThat(reply.json().get("id")).contains(Value.of("m-1"));
    }
  }

  @Test
  void aVersionThatNobodySpeaksIsAnsweredWithThoseThatWeDo() {
    var version = "2031-01-01";
    var reply =
        rig.modern(
            "tools/call",
            CALL.with("_meta", Rig.meta(version)),
            Map.of("MCP-Protocol-Version", version));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.errorCode()).isEqualTo(-32022);
    var data = reply.json().object("error").flatMap(error -> error.object("data")).orElseThrow();
    assertThat(data.text("requested")).contains(version);
    assertThat(data.items("supported")).contains(Value.of("2026-07-28"), Value.of("2025-11-25"));
  }

  @Test
  void anOlderClientWithAVersionThatNobodySpeaksIsRefused() {
    var reply =
        rig.post(
            rig.mcp(),
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
            Map.of("Authorization", "Bearer agent-one", "MCP-Protocol-Version", "1999-01-01"));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.errorCode()).isEqualTo(-32022);
  }

  @Test
  void aModernRequestSaysAllAboutItself() {
    var version = Value.object(META + "protocolVersion", "2026-07-28");
    for (var meta :
        List.of(
            Value.Obj.EMPTY,
            version,
            version.with(META + "clientCapabilities", Value.of("none")),
            Value.object(META + "clientCapabilities", Value.Obj.EMPTY),
            Rig.meta("2026-07-28").with(META + "clientInfo", Value.of("me")))) {
      var reply = rig.modern("tools/call", CALL.with("_meta", meta));
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.errorCode()).isEqualTo(-32602);
    }
  }

  @Test
  void parametersOfTheWrongTypeAreInvalid() {
    for (var params :
        List.of(
            Value.Obj.EMPTY,
            Value.object("name", 7),
            Value.object("name", ""),
            CALL.with("arguments", Value.of("device")),
            CALL.with("arguments", new Value.Array(List.of())),
            CALL.with("arguments", Value.Null.NULL))) {
      assertThat(rig.legacy("tools/call", params).errorCode()).isEqualTo(-32602);
    }
    for (var cursor : List.of(Value.of(7), Value.of("%%%"), Value.of(""), Value.Null.NULL)) {
      var reply = rig.legacy("tools/list", Value.object("cursor", cursor));
      assertThat(reply.errorCode()).isEqualTo(-32602);
    }
  }

  @Test
  void anUnknownToolIsTheProtocolsErrorWhetherItExistsForOthersOrNot() {
    for (var name : List.of("rmm_other", "remit_approve", "remit_lift_kill", "../x")) {
      var params = Value.object("name", name);
      assertThat(rig.legacy("tools/call", params).errorCode()).isEqualTo(-32602);
      assertThat(rig.modern("tools/call", params).errorCode()).isEqualTo(-32602);
    }
  }

  @Test
  void remitsOwnArgumentsHaveAFormAndAreToolErrors() {
    for (var name : List.of("remit_task", "remit_idempotency_key")) {
      for (var value :
          List.of(Value.of(7), Value.of(""), Value.of("a b"), Value.of("x".repeat(129)))) {
        var arguments = Value.object("device", "7").with(name, value);
        var reply = rig.legacy("tools/call", CALL.with("arguments", arguments));
        assertThat(reply.isError()).isTrue();
        assertThat(reply.meta("outcome")).isEqualTo(Value.of("invalid"));
      }
    }
  }

  @Test
  void hostileCase17AMetaToolCarriesNoInnerCall() {
    var inner = Value.object("name", "rmm_wipe_device", "arguments", Value.object("device", "7"));
    for (var arguments :
        List.of(
            Value.object("handle", "h-1", "call", inner),
            Value.object("handle", "h-1", "arguments", inner),
            Value.object("handle", inner),
            Value.Obj.EMPTY)) {
      var reply =
          rig.legacy("tools/call", Value.object("name", "remit_continue", "arguments", arguments));
      assertThat(reply.isError()).isTrue();
    }
  }

  @Test
  void hostileCase01NoFieldOfATaskNamesATenant() {
    var wish = Value.object("taskClass", "restart-service", "ticket", "4711", "targets", List.of());
    for (var arguments :
        List.of(
            wish.with("tenant", Value.of("other-client")),
            wish.with("tenantId", Value.of("other-client")),
            wish.with("agent", Value.of("service-desk/other-client/production/change")))) {
      var reply =
          rig.legacy("tools/call", Value.object("name", "remit_open_task", "arguments", arguments));
      assertThat(reply.isError()).isTrue();
      assertThat(reply.meta("outcome")).isEqualTo(Value.of("invalid"));
    }
  }

  @Test
  void callersWithoutAGoodTokenAreChallenged() {
    for (var token : List.of("expired", "alg-none", Rig.OPERATOR)) {
      var reply = rig.legacy(token, Value.of(1), "tools/call", CALL);
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.header("WWW-Authenticate"))
          .startsWith("Bearer resource_metadata=\"http://127.0.0.1:")
          .contains("error=\"invalid_token\"");
      Clean.check(reply.body());
    }
    assertThat(rig.authenticated).doesNotContain(Rig.OPERATOR);
  }

  @Test
  void aMissingTokenIsChallengedWithoutAnErrorCode() {
    var reply = rig.post(rig.mcp(), "{}", Map.of());
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("WWW-Authenticate")).doesNotContain("error=");
    var inUrl =
        rig.post(java.net.URI.create(rig.mcp() + "?access_token=agent-one"), "{}", Map.of());
    assertThat(inUrl.status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Basic YWdlbnQ=", "Bearer", "Bearer a b", "Bearer agent-one,x", "agent-one"})
  void aTokenInAnotherFormIsABadRequest(String field) {
    var reply = rig.post(rig.mcp(), "{}", Map.of("Authorization", field));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.header("WWW-Authenticate")).contains("error=\"invalid_request\"");
    assertThat(rig.authenticated).isEmpty();
  }

  @Test
  void twoTokensAreNotChosenFrom() {
    try (var raw = new Raw(rig.web.machinesUrl())) {
      raw.send(Raw.head("Authorization: Bearer agent-two\r\nContent-Length: 2\r\n\r\n{}"));
      assertThat(raw.status()).isEqualTo(400);
    }
    assertThat(rig.authenticated).isEmpty();
  }

  @Test
  void anIssuerThatIsAwayIsNoRefusalAndNoPermit() {
    var reply = rig.legacy("away", Value.of(1), "tools/call", CALL);
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.errorCode()).isEqualTo(-32603);
    Clean.check(reply.body());
  }

  @Test
  void anOrchestratorIsNoAgent() {
    var reply = rig.legacy("orchestrator", Value.of(1), "tools/call", CALL);
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.errorCode()).isEqualTo(-32600);
  }

  @Test
  void hostileCase14NoToolApprovesAnything() {
    var names =
        rig.legacy("tools/list", Value.Obj.EMPTY).result().items("tools").stream()
            .map(tool -> ((Value.Obj) tool).text("name").orElseThrow())
            .filter(name -> name.startsWith("remit_"))
            .toList();
    assertThat(names)
        .containsExactly(
            "remit_close_task",
            "remit_continue",
            "remit_delegate",
            "remit_escalate",
            "remit_open_task",
            "remit_propose_plan",
            "remit_task_status");
  }
}
