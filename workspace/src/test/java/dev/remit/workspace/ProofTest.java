package dev.remit.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.identity.AgentClass.WorkloadIdentity;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.SpiffeId;
import dev.remit.core.identity.WorkloadProof;
import dev.remit.core.identity.WorkloadProof.OfClaims;
import dev.remit.core.identity.WorkloadProof.OfSpiffe;
import dev.remit.core.identity.WorkloadProof.OfSubject;
import dev.remit.policy.Diagnostic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How workloads prove themselves, as a workspace writes it. */
class ProofTest {

  private static final String FILE = "agents/asset-clerk.yaml";

  private static WorkspaceResult read(String... identities) throws IOException {
    var files = new TreeMap<>(Example.files());
    var text = new String(Objects.requireNonNull(files.get(FILE)), StandardCharsets.UTF_8);
    var all = new StringBuilder(text.substring(0, text.indexOf("identities:")));
    all.append("identities:\n");
    var families = List.of("observe", "change", "destructive");
    for (int i = 0; i < identities.length; i++) {
      all.append("  - {")
          .append(identities[i])
          .append(", tenant: harbor-dental, environment: test, family: ")
          .append(families.get(i))
          .append("}\n");
    }
    files.put(
        "remit.yaml",
        new String(Objects.requireNonNull(files.get("remit.yaml")), StandardCharsets.UTF_8)
            .replace("workloads: [lab]", "workloads: [lab, pipelines]")
            .getBytes(StandardCharsets.UTF_8));
    files.put(FILE, all.toString().getBytes(StandardCharsets.UTF_8));
    return new Workspaces().load(files);
  }

  private static List<WorkloadProof> proofs(String... identities) throws IOException {
    return switch (read(identities)) {
      case WorkspaceResult.Loaded loaded ->
          Objects.requireNonNull(
                  loaded.workspace().release().agentClasses().get(new AgentClassId("asset-clerk")))
              .identities()
              .stream()
              .map(WorkloadIdentity::proof)
              .toList();
      case WorkspaceResult.Refused refused -> throw new AssertionError(refused.text());
    };
  }

  private static List<String> problems(String... identities) throws IOException {
    return switch (read(identities)) {
      case WorkspaceResult.Loaded ignored -> List.of();
      case WorkspaceResult.Refused refused ->
          refused.diagnostics().stream().map(Diagnostic::text).toList();
    };
  }

  @Test
  void aSubjectClaimsAndASpiffeIdStandSideBySide() throws IOException {
    assertThat(
            proofs(
                "issuer: pipelines, subject: 'repo:o/r:environment:e', bearer: legacy",
                "issuer: pipelines, claims: {sub: other, /kubernetes.io/namespace: ops}",
                "spiffe: 'spiffe://agents.example/clerk'"))
        .containsExactly(
            WorkloadProof.of(new OfSubject("pipelines", "repo:o/r:environment:e")).unbound(),
            WorkloadProof.of(
                new OfClaims(
                    "pipelines", Map.of("sub", "other", "/kubernetes.io/namespace", "ops"))),
            WorkloadProof.of(new OfSpiffe(SpiffeId.parse("spiffe://agents.example/clerk"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spiffe: 'spiffe://a/b' | spiffe: 'spiffe://a/b' | an identity is never shared",
        "issuer: pipelines, subject: s | issuer: pipelines, subject: s | an identity is never shared",
        "issuer: pipelines, subject: s | issuer: pipelines, claims: {sub: s} | one token of this issuer",
        "issuer: pipelines, subject: s | issuer: pipelines, claims: {r: s} | one token of this issuer",
        "issuer: pipelines, claims: {r: s} | issuer: pipelines, subject: s | one token of this issuer",
        "issuer: pipelines, claims: {r: a} | issuer: pipelines, claims: {e: b} | one token of this issuer",
        "issuer: pipelines, claims: {r: a} | issuer: pipelines, claims: {r: a, e: b} | one token of this",
      })
  void whatOneTokenCouldBothBeIsRefused(String one, String other, String message)
      throws IOException {
    assertThat(problems("spiffe: 'spiffe://x/y'", one, other))
        .anyMatch(problem -> problem.contains(message));
  }

  @Test
  void claimsThatDifferInOneAreToldApart() throws IOException {
    assertThat(
            problems(
                "issuer: pipelines, claims: {r: a, e: test}",
                "issuer: pipelines, claims: {r: a, e: live}",
                "issuer: pipelines, claims: {r: b}"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spiffe: 'spiffe://A/b' | must be a spiffe id",
        "spiffe: 'spiffe://a' | must be a spiffe id",
        "spiffe: 'spiffe://a/' | must be a spiffe id",
        "spiffe: 'spiffe://a//b' | must be a spiffe id",
        "spiffe: 'spiffe://a/../b' | must be a spiffe id",
        "spiffe: 'spiffe://a/b?c' | must be a spiffe id",
        "spiffe: 'spiffe://a:1/b' | must be a spiffe id",
        "spiffe: 'spiffe://u@a/b' | must be a spiffe id",
        "spiffe: 'spiffe://a/%62' | must be a spiffe id",
        "spiffe: 'https://a/b' | must be a spiffe id",
        "spiffe: 'spiffe://a/b', issuer: lab | either `spiffe` or `issuer`",
        "spiffe: 'spiffe://a/b', subject: lab | either `spiffe` or `subject`",
        "issuer: lab, subject: s, claims: {r: a} | either `subject` or `claims`",
        "issuer: lab, claims: {} | `claims` is empty",
        "issuer: lab, claims: {r: 1} | put `1` in quotes",
        "issuer: lab, claims: {/sub: a} | must be the name of a claim",
        "issuer: lab, claims: {a/b: a} | must be the name of a claim",
        "issuer: lab | `subject` is missing",
        "subject: s | `issuer` is missing",
        "issuer: nobody, subject: s | no issuer of workloads",
        "issuer: lab, subject: s, bearer: yes-please | `bearer` must be `legacy`",
      })
  void whatIsWrongIsSaid(String identity, String message) throws IOException {
    assertThat(problems(identity)).anyMatch(problem -> problem.contains(message));
  }
}
