package dev.remit.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.identity.EnforcementPointId;
import dev.remit.core.identity.WorkloadProof;
import dev.remit.core.release.PolicyPeers;
import dev.remit.core.tenant.TenantId;
import dev.remit.policy.Diagnostic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who asks policy from outside, and which decision point is asked beside Cedar. */
class PeersTest {

  private static final String OPA =
      """

      opa:
        endpoint: opa
        path: remit/decision
        within: 200ms
      """;

  private static WorkspaceResult read(String from, String to, String more) throws IOException {
    var files = new TreeMap<>(Example.files());
    var text = new String(files.get("remit.yaml"), StandardCharsets.UTF_8) + more;
    assertThat(text).contains(from);
    files.put("remit.yaml", text.replace(from, to).getBytes(StandardCharsets.UTF_8));
    return new Workspaces().load(files);
  }

  private static PolicyPeers peers(String more) throws IOException {
    return switch (read("", "", more)) {
      case WorkspaceResult.Loaded loaded -> loaded.workspace().release().peers();
      case WorkspaceResult.Refused refused -> throw new AssertionError(refused.text());
    };
  }

  private static List<String> problems(String from, String to) throws IOException {
    return switch (read(from, to, OPA)) {
      case WorkspaceResult.Loaded ignored -> List.of();
      case WorkspaceResult.Refused refused ->
          refused.diagnostics().stream().map(Diagnostic::text).toList();
    };
  }

  @Test
  void anEnforcementPointHasAnIdentityAndTenants() throws IOException {
    var point =
        java.util.Objects.requireNonNull(
            peers("").enforcementPoints().get(new EnforcementPointId("client-gateway")));
    assertThat(point.proof().match()).isEqualTo(WorkloadProof.of("lab", "client-gateway").match());
    assertThat(point.tenants()).containsExactly(new TenantId("harbor-dental"));
  }

  @Test
  void opaIsAskedOnlyWhereTheWorkspaceSaysSo() throws IOException {
    assertThat(peers("").second()).isEmpty();
    assertThat(peers(OPA).second())
        .contains(new PolicyPeers.SecondPoint("opa", "remit/decision", Duration.ofMillis(200)));
  }

  @ParameterizedTest
  @CsvSource({
    "tenants: [harbor-dental],tenants: [],is empty",
    "tenants: [harbor-dental],tenants: [nobody],no tenant is named",
    "subject: client-gateway,subject: dispatcher,an identity is never shared",
    "subject: client-gateway,subject: [a],must be the subject",
    "owner: platform-engineers,owner: nobody,no person or group",
    "endpoint: opa,endpoint: http://127.0.0.1,must be a plain name",
    "path: remit/decision,path: ../admin,must be names between slashes",
    "path: remit/decision,path: /remit,must be names between slashes",
    "within: 200ms,within: 6s,at most 5s",
    "within: 200ms,within: 0ms,above zero",
    "within: 200ms,timeout: 200ms,unknown key",
  })
  void whatIsWrongIsSaid(String from, String to, String message) throws IOException {
    assertThat(problems(from, to)).anyMatch(problem -> problem.contains(message));
  }
}
