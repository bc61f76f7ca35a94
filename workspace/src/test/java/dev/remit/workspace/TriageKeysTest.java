package dev.remit.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.identity.AgentClass.WorkloadIdentity;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.AgentId;
import dev.remit.policy.Diagnostic;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An identity of several clients, as a workspace writes it. */
class TriageKeysTest {

  private static final String FILE = "agents/triage-reader.yaml";
  private static final String TENANTS = "tenants: [harbor-dental, northwind-legal, summit-freight]";

  @Test
  void itIsOneAgentAtEachClientWithOneProof() throws IOException {
    var reader =
        Objects.requireNonNull(
            new Altered().loaded().release().agentClasses().get(new AgentClassId("triage-reader")));
    assertThat(reader.identities())
        .extracting(identity -> identity.agent().text())
        .containsExactly(
            "triage-reader/harbor-dental/production/observe",
            "triage-reader/northwind-legal/production/observe",
            "triage-reader/summit-freight/production/observe");
    assertThat(reader.identities())
        .extracting(WorkloadIdentity::proof)
        .containsOnly(reader.identities().getFirst().proof());
    assertThat(reader.identities()).allMatch(identity -> reader.spans(identity.agent()));
    assertThat(reader.spans(AgentId.parse("triage-reader/harbor-dental/test/observe"))).isFalse();
  }

  @Test
  void noOtherAgentOfTheExampleSpansClients() throws IOException {
    new Altered()
        .loaded().release().agentClasses().values().stream()
            .filter(known -> !known.id().value().equals("triage-reader"))
            .forEach(known ->
                assertThat(known.identities())
                    .noneMatch(identity -> known.spans(identity.agent())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "family: observe | family: change | 14 | its family is `observe`, not `change`",
        "family: observe | family: destructive | 14 | its family is `observe`, not `destructive`",
        "family: observe | family: observe;bearer: legacy | 15 | shows a key on every call",
        "family: observe | family: observe;tenant: harbor-dental | 15 | either `tenant` or `tenants`",
        "tenants: [harbor-dental, northwind-legal, summit-freight] | tenants: [harbor-dental] | 12 | two clients or more",
        "tenants: [harbor-dental, northwind-legal, summit-freight] | tenants: [] | 12 | `tenants`",
        "tenants: [harbor-dental, northwind-legal, summit-freight] | tenants: [harbor-dental, harbor-dental] | 12 | harbor-dental",
        "tenants: [harbor-dental, northwind-legal, summit-freight] | tenants: [harbor-dental, nobody] | 12 | nobody",
        "task-classes: [read-device-health, read-records] | task-classes: [read-device-health, restart-service] | 12 | `restart-service` has the risk `low`",
      })
  void whatIsWrongIsSaidWithItsLine(String find, String replacement, int line, String message)
      throws IOException {
    assertThat(new Altered().edit(FILE, find, replacement.replace(";", "\n    ")).problems())
        .anyMatch(problem ->
            problem.line() == line && problem.message().contains(message) && isHere(problem));
  }

  private static boolean isHere(Diagnostic problem) {
    return problem.file().equals(FILE);
  }

  @Test
  void anotherAgentWithThatProofIsAProblem() throws IOException {
    assertThat(
            new Altered()
                .edit(
                    "agents/asset-clerk.yaml",
                    "asset-clerk.harbor-dental.production.observe",
                    "triage-reader.production.observe")
                .problems())
        .anyMatch(problem -> problem.message().contains("an identity is never shared"));
  }

  @Test
  void theSchemaSaysTheSame() throws IOException {
    var files = Example.files();
    var text =
        new String(
            Objects.requireNonNull(files.get(FILE)), java.nio.charset.StandardCharsets.UTF_8);
    for (var bad :
        new String[] {
          text.replace("family: observe", "family: change"),
          text.replace("family: observe", "family: observe\n    bearer: legacy"),
          text.replace("family: observe", "family: observe\n    tenant: harbor-dental"),
          text.replace(TENANTS, "tenants: [harbor-dental]"),
          text.replace("    " + TENANTS + "\n", ""),
        }) {
      assertThat(SchemaFilesTest.objections(FILE, read(bad))).as(bad).isNotEmpty();
    }
    assertThat(SchemaFilesTest.objections(FILE, read(text))).isEmpty();
  }

  private static dev.remit.core.value.Value read(String text) {
    return YamlReader.read(FILE, text, problem -> {}).orElseThrow().value();
  }
}
