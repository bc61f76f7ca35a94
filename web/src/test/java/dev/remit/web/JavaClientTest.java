package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.value.Value;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The official Java client, which speaks 2025-11-25. */
class JavaClientTest {

  private final Rig rig = new Rig();

  @AfterEach
  void stop() {
    rig.close();
  }

  private McpSyncClient client(String token) {
    var transport =
        HttpClientStreamableHttpTransport.builder(rig.web.machinesUrl())
            .endpoint("/mcp")
            .requestBuilder(HttpRequest.newBuilder().header("Authorization", "Bearer " + token))
            .build();
    return McpClient.sync(transport).requestTimeout(Duration.ofSeconds(20)).build();
  }

  @Test
  void itListsAndCallsTools() {
    try (var client = client("agent-one")) {
      assertThat(client.initialize().protocolVersion()).isEqualTo("2025-11-25");
      assertThat(client.listTools().tools())
          .extracting(McpSchema.Tool::name)
          .contains("rmm_restart_service", "remit_open_task");
      var result =
          client.callTool(
              McpSchema.CallToolRequest.builder("rmm_restart_service")
                  .arguments(Map.of("device", "7"))
                  .build());
      assertThat(result.isError()).isNotEqualTo(true);
      assertThat(((McpSchema.TextContent) result.content().getFirst()).text()).isEqualTo("done");
      assertThat(rig.gateway.calls.getFirst().arguments()).isEqualTo(Value.object("device", "7"));
    }
  }

  @Test
  void itSeesAnUnknownToolAsTheProtocolsError() {
    try (var client = client("agent-one")) {
      client.initialize();
      var request = McpSchema.CallToolRequest.builder("rmm_nothing").arguments(Map.of()).build();
      assertThatThrownBy(() -> client.callTool(request))
          .isInstanceOfSatisfying(
              McpError.class,
              error -> assertThat(error.getJsonRpcError().code()).isEqualTo(-32602));
    }
  }

  @Test
  void itIsRefusedWithoutAGoodToken() {
    try (var client = client("expired")) {
      assertThatThrownBy(client::initialize).isInstanceOf(RuntimeException.class);
    }
    assertThat(rig.gateway.isUntouched()).isTrue();
  }
}
