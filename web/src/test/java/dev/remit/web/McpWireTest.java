package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Both revisions on one endpoint. */
class McpWireTest {

  private final Rig rig = new Rig();

  @AfterEach
  void stop() {
    rig.close();
  }

  private static Value.Obj call(String tool, Value.Obj arguments) {
    return Value.object("name", tool, "arguments", arguments);
  }

  @Test
  void initializeNamesTheServerAndTheVersionThatWasAskedFor() {
    for (var version : List.of("2025-11-25", "2025-06-18")) {
      var reply = rig.legacy("initialize", Value.object("protocolVersion", version));
      assertThat(reply.result().text("protocolVersion")).contains(version);
      assertThat(reply.result().object("serverInfo").orElseThrow().text("name")).contains("remit");
      assertThat(reply.header("Mcp-Session-Id")).isEmpty();
    }
  }

  @Test
  void initializeWithAVersionWeDoNotSpeakOffersTheNewestThatHasAHandshake() {
    var reply = rig.legacy("initialize", Value.object("protocolVersion", "1999-01-01"));
    assertThat(reply.result().text("protocolVersion")).contains("2025-11-25");
  }

  @Test
  void discoverNeedsNoHandshake() {
    var result = rig.modern("server/discover", Value.Obj.EMPTY).result();
    assertThat(result.items("supportedVersions")).contains(Value.of("2026-07-28"));
    assertThat(result.text("resultType")).contains("complete");
    assertThat(result.object("capabilities").orElseThrow().object("tools")).isPresent();
  }

  @Test
  void toolsAreListedInOrderWithOursAmongThem() {
    for (var reply :
        List.of(
            rig.legacy("tools/list", Value.Obj.EMPTY), rig.modern("tools/list", Value.Obj.EMPTY))) {
      var names =
          reply.result().items("tools").stream()
              .map(tool -> ((Value.Obj) tool).text("name").orElseThrow())
              .toList();
      assertThat(names)
          .containsExactly(
              "remit_close_task",
              "remit_continue",
              "remit_delegate",
              "remit_escalate",
              "remit_open_task",
              "remit_propose_plan",
              "remit_task_status",
              "rmm_device_health",
              "rmm_restart_service",
              "rmm_wipe_device");
    }
  }

  @Test
  void aCallReachesTheGatewayWithoutRemitsOwnArguments() {
    var arguments =
        Value.object("device", "7", "remit_task", "task-9", "remit_idempotency_key", "k-1");
    for (var reply :
        List.of(
            rig.legacy("tools/call", call("rmm_restart_service", arguments)),
            rig.modern("tools/call", call("rmm_restart_service", arguments)))) {
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.words()).isEqualTo("done");
      assertThat(reply.isError()).isFalse();
      assertThat(reply.meta("outcome")).isEqualTo(Value.of("succeeded"));
    }
    assertThat(rig.gateway.calls).hasSize(2);
    assertThat(rig.gateway.calls)
        .allSatisfy(request -> {
          assertThat(request.arguments()).isEqualTo(Value.object("device", "7"));
          assertThat(request.task().orElseThrow().value()).isEqualTo("task-9");
          assertThat(request.idempotencyKey()).contains("k-1");
        });
  }

  @Test
  void aNotificationIsTakenWithoutABody() {
    var reply =
        rig.post(
            rig.mcp(),
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
            Map.of("Authorization", "Bearer agent-one", "MCP-Protocol-Version", "2025-11-25"));
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.body()).isEmpty();
  }
}
