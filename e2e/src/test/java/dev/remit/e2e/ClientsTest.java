package dev.remit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.customizer.McpHttpClientTransportAuthorizationErrorHandler;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The official clients against the real gateway and the lab behind it. The one in Java proves its
 * key itself; the one in TypeScript has {@code remit connect} do it.
 */
class ClientsTest {

  private static final Estate ESTATE = Estate.shared();
  private static final int DEVICE = 1012;

  private static final String SUBJECT = "service-desk.harbor-dental.production.observe";

  private final Agent agent = ESTATE.agent(SUBJECT);

  @ParameterizedTest
  @CsvSource({"legacy,2025-11-25", "2026-07-28,2026-07-28"})
  void theTypeScriptClientListsAndCalls(String mode, String version) {
    Node.install();
    Node.Done done;
    try (var bridge = Bridge.open(ESTATE, SUBJECT)) {
      var ticket = ESTATE.lab().ticket(1, DEVICE);
      done = Node.script(60, List.of("client.mjs", bridge.url(), mode, ticket, "" + DEVICE));
    }
    assertThat(done.code()).as(done.output()).isZero();
    var seen = Json.parseObject(done.output().strip());
    assertThat(seen.text("version")).contains(version);
    assertThat(seen.items("names"))
        .contains(Value.of("rmm_get_device"), Value.of("remit_open_task"))
        .doesNotContain(Value.of("rmm_restart_service"));
    assertThat(seen.text("outcome")).contains("succeeded");
    assertThat(seen.integer("device")).contains((long) DEVICE);
    assertThat(seen.text("foreign")).contains("target-not-available");
    assertThat(seen.get("isError")).contains(Value.of(true));
    assertThat(seen.get("closed")).contains(Value.of(false));
    assertThat(seen.integer("unknown")).contains(-32602L);
  }

  @Test
  void theJavaClientListsAndCalls() {
    try (var client = javaClient()) {
      assertThat(client.initialize().protocolVersion()).isEqualTo("2025-11-25");
      assertThat(client.listTools().tools())
          .extracting(McpSchema.Tool::name)
          .contains("rmm_get_device", "remit_open_task")
          .doesNotContain("rmm_restart_service");
      var opened =
          call(
              client,
              "remit_open_task",
              Map.of(
                  "taskClass", "read-device-health",
                  "ticket", ESTATE.lab().ticket(1, DEVICE),
                  "targets", List.of(Calls.device(DEVICE))));
      var task = Json.parseObject(text(opened)).text("task").orElseThrow();
      var read = call(client, "rmm_get_device", Map.of("device", "" + DEVICE, "remit_task", task));
      assertThat(read.isError()).isNotEqualTo(true);
      assertThat(text(read)).contains("" + DEVICE);
      var foreign = call(client, "rmm_get_device", Map.of("device", "2001", "remit_task", task));
      assertThat(foreign.isError()).isTrue();
      assertThat(text(foreign)).contains("target-not-available");
      var closed = call(client, "remit_close_task", Map.of("task", task, "state", "done"));
      assertThat(closed.isError()).isNotEqualTo(true);
    }
  }

  private McpSyncClient javaClient() {
    var transport =
        HttpClientStreamableHttpTransport.builder(ESTATE.server().machines())
            .endpoint("/mcp")
            .addHttpRequestCustomizer((request, method, uri, body, context) ->
                agent.holder().show(request, method, uri.toString(), agent.token()))
            .authorizationErrorHandler(
                McpHttpClientTransportAuthorizationErrorHandler.fromSync((sent, answer, context) ->
                    agent
                        .holder()
                        .heard(
                            ESTATE.server().machines(),
                            answer.statusCode(),
                            answer.headers().firstValue("DPoP-Nonce"))))
            .build();
    return McpClient.sync(transport).requestTimeout(Duration.ofSeconds(20)).build();
  }

  private static McpSchema.CallToolResult call(
      McpSyncClient client, String tool, Map<String, Object> arguments) {
    return client.callTool(McpSchema.CallToolRequest.builder(tool).arguments(arguments).build());
  }

  private static String text(McpSchema.CallToolResult result) {
    return ((McpSchema.TextContent) result.content().getFirst()).text();
  }
}
