package dev.remit.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.identity.AgentClass.WorkloadIdentity;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.ClientKey;
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
        "issuer: pipelines, subject: s | issuer: pipelines, subject: s | an identity is never"
            + " shared",
        "issuer: pipelines, subject: s | issuer: pipelines, claims: {sub: s} | one token of this"
            + " issuer",
        "issuer: pipelines, subject: s | issuer: pipelines, claims: {r: s} | one token of this"
            + " issuer",
        "issuer: pipelines, claims: {r: s} | issuer: pipelines, subject: s | one token of this"
            + " issuer",
        "issuer: pipelines, claims: {r: a} | issuer: pipelines, claims: {e: b} | one token of this"
            + " issuer",
        "issuer: pipelines, claims: {r: a} | issuer: pipelines, claims: {r: a, e: b} | one token of"
            + " this",
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

  private static final String EC =
      "{kid: k, kty: EC, crv: P-256, x: f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU,"
          + " y: x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0}";
  private static final String OKP =
      "{kid: o, kty: OKP, crv: Ed25519, x: 11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo}";

  private static String key(String jwk) {
    return "{from: '2026-01-01T00:00:00Z', until: '2026-06-01T00:00:00Z', jwk: " + jwk + "}";
  }

  @Test
  void aClientThatSignsForItselfHasKeysEachForATime() throws IOException {
    var proof = proofs("client: desk, keys: [" + key(EC) + ", " + key(OKP) + "]").getFirst();
    assertThat(proof.acceptsUnbound()).isFalse();
    assertThat(proof.match())
        .isInstanceOfSatisfying(
            WorkloadProof.OfKeys.class,
            keys -> {
              assertThat(keys.client()).isEqualTo("desk");
              assertThat(keys.keys()).extracting(ClientKey::kid).containsExactly("k", "o");
              assertThat(keys.keys().getFirst().until()).isEqualTo("2026-06-01T00:00:00Z");
              assertThat(keys.keys().getFirst().jwk().text("crv")).contains("P-256");
            });
  }

  @Test
  void noClientAndNoKeyIsShared() throws IOException {
    var desk = "client: desk, keys: [" + key(EC) + "]";
    assertThat(problems(desk, "client: desk, keys: [" + key(OKP) + "]"))
        .anyMatch(problem -> problem.contains("client `desk` is already"));
    var renamed = EC.replace("kid: k", "kid: other");
    assertThat(problems(desk, "client: other, keys: [" + key(renamed) + "]"))
        .anyMatch(problem -> problem.contains("the key `other` is already"));
    assertThat(problems("client: desk, keys: [" + key(EC) + ", " + key(EC) + "]"))
        .anyMatch(problem -> problem.contains("has a key `k` already"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kid: k, | '' | `kid` is missing",
        "kty: EC | kty: oct | `kty` must be",
        "crv: P-256 | crv: P-384 | `crv` must be `P-256`",
        "RVEU | RVE | 32 bytes in base64url",
        "RVEU | RVEV | 32 bytes in base64url",
        "kid: k | kid: k, d: secret | private half",
        "kid: k | kid: k, jku: 'https://evil.example' | unknown key `jku`",
        "kid: k | kid: k, use: enc | `use` must be `sig`",
        "kid: k | kid: k, alg: HS256 | `alg` must be",
      })
  void aWrongKeyIsNoKey(String of, String by, String message) throws IOException {
    assertThat(problems("client: desk, keys: [" + key(EC.replace(of, by)) + "]"))
        .anyMatch(problem -> problem.contains(message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-06-01 | 2025-06-01 | `until` is after `from`",
        "2026-06-01 | 2027-06-01 | by a year at most",
        "2026-06-01T00:00:00Z | soon | `until` must be an instant",
        "keys: | bearer: legacy, keys: | either `client` or `bearer`",
        "keys: | issuer: lab, keys: | either `client` or `issuer`",
        "client: desk, | '' | `client` is missing",
        "client: desk | client: '../desk' | `client` must be a client's id",
      })
  void aKeyIsForATimeAndForAClientAlone(String of, String by, String message) throws IOException {
    var identity = "client: desk, keys: [" + key(EC) + "]";
    assertThat(problems(identity.replace(of, by))).anyMatch(problem -> problem.contains(message));
  }

  @Test
  void aClientWithoutKeysIsNobody() throws IOException {
    assertThat(problems("client: desk")).anyMatch(problem -> problem.contains("`keys` is missing"));
    assertThat(problems("client: desk, keys: []"))
        .anyMatch(problem -> problem.contains("must be a list that holds something"));
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
