package dev.remit.e2e;

import dev.remit.connectors.mcp.McpConnector;
import dev.remit.core.value.Value;
import dev.remit.identity.binding.DpopKey;
import dev.remit.json.Json;
import dev.remit.testkit.mcp.FixtureUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code examples/msp} with wider limits, because one hour's worth of tests comes in minutes, with
 * credentials as short-lived as the lab's tokens, and with an upstream MCP server whose tools the
 * service desk may call.
 */
final class TestWorkspace {

  /** Operations of the connector {@code test}: the names that the conformance suite calls. */
  static final List<String> TOOLS =
      List.of(
          "simple_text",
          "image_content",
          "audio_content",
          "embedded_resource",
          "multiple_content_types",
          "error_handling");

  private TestWorkspace() {}

  /** Writes the folder, and the server's configuration that says where the upstream is. */
  static void write(Path folder, Path config, FixtureUpstream upstream) {
    var source = Home.ROOT.resolve("examples/msp");
    try (var files = Files.walk(source)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var copy = folder.resolve(source.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, widened(Files.readString(file)));
      }
      Files.writeString(folder.resolve("connectors/test.yaml"), connector(upstream));
      Files.writeString(folder.resolve("tasks/call-fixtures.yaml"), taskClass());
      Files.writeString(
          folder.resolve("agents/device-helper.yaml"), signer(), StandardOpenOption.APPEND);
      Files.writeString(config, configuration(upstream));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String widened(String text) {
    return text.replaceAll("calls: \\d+", "calls: 1000")
        .replaceAll("(per-tenant|per-target|per-agent|fleet): \\d+/", "$1: 10000/")
        .replaceAll("(?m)^  life: \\w+$", "  life: " + Lab.TOKEN_SECONDS + "s")
        .replace(
            "task-classes: [read-device-health",
            "task-classes: [call-fixtures, read-device-health");
  }

  private static String configuration(FixtureUpstream upstream) {
    return Json.text(
        Value.object(
            "endpoints",
            Value.object(
                "fixtures", Value.object("kind", "mcp", "url", upstream.uri().toString()))));
  }

  /** A key whose time is over. */
  static final DpopKey OLD = DpopKey.generate(new SecureRandom());

  /** An agent that signs for itself, by this key. */
  static final DpopKey SIGNER = DpopKey.generate(new SecureRandom());

  /** The id that it signs as. */
  static final String CLIENT = "northwind-helper";

  private static String signer() {
    return """
      - client: %s
        keys:
          - from: 2020-01-01T00:00:00Z
            until: 2020-06-01T00:00:00Z
            jwk: { kid: gone, kty: EC, crv: P-256, x: %s, y: %s }
          - from: %s
            until: %s
            jwk: { kid: now, kty: EC, crv: P-256, x: %s, y: %s }
        tenant: northwind-legal
        environment: production
        family: observe
    """
        .formatted(
            CLIENT,
            OLD.jwk().text("x").orElseThrow(),
            OLD.jwk().text("y").orElseThrow(),
            Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS),
            Instant.now().plus(Duration.ofHours(9)).truncatedTo(ChronoUnit.SECONDS),
            SIGNER.jwk().text("x").orElseThrow(),
            SIGNER.jwk().text("y").orElseThrow());
  }

  private static String connector(FixtureUpstream upstream) {
    return """
    connector: test
    system: fixtures of the conformance suite
    kind: mcp
    owner: platform-engineers
    # It has no clients: whatever it answers is nobody's.
    scope-truth: vendor-enforced
    endpoint: fixtures
    operations:
    """
        + TOOLS.stream().map(tool -> operation(upstream, tool)).collect(Collectors.joining());
  }

  private static String operation(FixtureUpstream upstream, String name) {
    return """
      %s:
        title: Fixture %1$s
        description: Answers with a fixture.
        effect: observe
        arguments: { type: object, properties: {} }
        content: untrusted
        classes: { "": operational }
        proof: record
        timeout: 5s
        tool: test_%1$s
        pin: %s
    """
        .formatted(name, McpConnector.pin(upstream.definition("test_" + name)));
  }

  private static String taskClass() {
    var tools = TOOLS.stream().map(tool -> "test_" + tool).collect(Collectors.joining(", "));
    return """
    task: call-fixtures
    why: The gateway is tried with a suite.
    owner: service-managers
    risk: observe
    tools: [%s]
    targets: { kind: device, at-most: 1, seen-within: 24h }
    limits: { calls: 1000, duration: 30m, per-tenant: 10000/h }
    ground: ticket
    serves: [nist-csf-2.0/PR.AA-05]
    """
        .formatted(tools);
  }
}
