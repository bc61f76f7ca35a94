package dev.remit.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published schemas accept what the reader accepts, and refuse keys that it refuses. */
class SchemaFilesTest {
  private static final Map<String, String> SCHEMA_OF =
      Map.of(
          "remit.yaml", "remit.json",
          "tenants", "tenant.json",
          "connectors", "connector.json",
          "agents", "agent.json",
          "tasks", "task.json",
          "scenarios", "scenario.json");

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private static Schema schema(String path) {
    int slash = path.indexOf('/');
    String name = SCHEMA_OF.get(slash < 0 ? path : path.substring(0, slash));
    var text = WorkspaceTemplate.schemas().get(".schema/" + name);
    assertThat(text).as(path).isNotNull();
    return REGISTRY.getSchema(
        new String(java.util.Objects.requireNonNull(text), StandardCharsets.UTF_8));
  }

  private static Value.Obj value(String path, byte[] bytes) {
    return YamlReader.read(
            path,
            new String(bytes, StandardCharsets.UTF_8),
            problem -> {
              throw new AssertionError(problem.text());
            })
        .orElseThrow()
        .value();
  }

  static List<?> objections(String path, Value value) {
    return schema(path).validate(CanonicalJson.text(value), InputFormat.JSON);
  }

  private static Map<String, byte[]> yaml() throws IOException {
    var all = new HashMap<>(Example.files());
    all.putAll(WorkspaceTemplate.files());
    all.keySet().removeIf(path -> !path.endsWith(".yaml"));
    return all;
  }

  @Test
  void everyFileOfExampleAndTemplateFitsItsSchema() throws IOException {
    assertThat(yaml()).hasSizeGreaterThan(12);
    yaml()
        .forEach(
            (path, bytes) -> assertThat(objections(path, value(path, bytes))).as(path).isEmpty());
  }

  @Test
  void anUnknownKeyFitsNoSchema() throws IOException {
    yaml()
        .forEach((path, bytes) ->
            assertThat(objections(path, value(path, bytes).with("command", Value.of("sh"))))
                .as(path)
                .isNotEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "tasks/restart-service.yaml, owner",
    "tasks/restart-service.yaml, limits",
    "agents/asset-clerk.yaml, identities",
    "tenants/harbor-dental.yaml, external-ids",
    "connectors/rmm.yaml, scope-truth",
    "connectors/rmm.yaml, operations",
    "remit.yaml, approvals",
    "scenarios/restart-service.yaml, cases",
    "scenarios/restart-service.yaml, about"
  })
  void whatMustBeThereMustBeThere(String path, String key) throws IOException {
    var bytes = java.util.Objects.requireNonNull(Example.files().get(path));
    assertThat(objections(path, value(path, bytes).without(key))).isNotEmpty();
  }

  @Test
  void aClientsKeysFitAndTheirPrivateHalfDoesNot() throws IOException {
    var path = "agents/asset-clerk.yaml";
    var file = value(path, java.util.Objects.requireNonNull(Example.files().get(path)));
    var jwk =
        Value.object("kid", "k", "kty", "OKP", "crv", "Ed25519", "x", "A".repeat(43), "use", "sig");
    var key = Value.object("from", "2026-01-01T00:00:00Z", "until", "2026-06-01T00:00:00Z");
    var identity =
        Value.object(
            "client",
            "desk",
            "tenant",
            "harbor-dental",
            "environment",
            "test",
            "family",
            "observe");
    assertThat(with(file, identity, key.with("jwk", jwk))).isEmpty();
    assertThat(with(file, identity, key.with("jwk", jwk.with("d", Value.of("x"))))).isNotEmpty();
    assertThat(with(file, identity, key.without("until").with("jwk", jwk))).isNotEmpty();
    assertThat(with(file, identity.with("issuer", Value.of("lab")), key.with("jwk", jwk)))
        .isNotEmpty();
    assertThat(with(file, identity.without("client"), key.with("jwk", jwk))).isNotEmpty();
  }

  private static List<?> with(Value.Obj file, Value.Obj identity, Value.Obj key) {
    var keys = new Value.Array(List.of(key));
    return objections(
        "agents/asset-clerk.yaml",
        file.with("identities", new Value.Array(List.of(identity.with("keys", keys)))));
  }
}
