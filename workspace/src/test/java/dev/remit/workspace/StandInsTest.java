package dev.remit.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.release.People;
import dev.remit.core.release.People.StandIn;
import dev.remit.core.tenant.TenantId;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Who stands in, as a workspace says it. */
class StandInsTest {
  private static final TenantId HARBOR = new TenantId("harbor-dental");

  private static void add(Map<String, byte[]> files, String file, String after, String more) {
    var text = new String(files.getOrDefault(file, new byte[0]), UTF_8);
    assertThat(text).contains(after);
    files.put(
        file,
        text.replaceFirst(java.util.regex.Pattern.quote(after), after + more).getBytes(UTF_8));
  }

  private static People people() throws IOException {
    var files = new TreeMap<>(Example.files());
    add(
        files,
        "remit.yaml",
        "functions: [approve]",
        "\n      stand-in:\n        group: deputies\n        after: 10m\n    deputies:\n"
            + "      issuer: staff\n      group: deputies\n      functions: [approve]");
    add(
        files,
        "tenants/harbor-dental.yaml",
        "group: it-approvers",
        "\n  stand-in:\n    group: it-deputies\n    after: 15m");
    var result = new Workspaces().load(files);
    assertThat(result).isInstanceOf(WorkspaceResult.Loaded.class);
    return ((WorkspaceResult.Loaded) result).workspace().release().people();
  }

  @Test
  void bothKindsOfStandInAreRead() throws IOException {
    var people = people();
    assertThat(people.standInOf("msp.senior-technicians", HARBOR))
        .contains(new StandIn("deputies", Duration.ofMinutes(10)));
    assertThat(people.standInOf("tenant.approvers", HARBOR))
        .contains(new StandIn("it-deputies", Duration.ofMinutes(15)));
    assertThat(people.standInOf("tenant.approvers", new TenantId("summit-freight"))).isEmpty();
    assertThat(people.standInOf("msp.deputies", HARBOR)).isEmpty();
  }

  @Test
  void whoStandsInIsPartOfWhatAnApprovalIsBoundTo() throws IOException {
    var plain = Example.loaded().release().people();
    for (var group : java.util.List.of("msp.senior-technicians", "tenant.approvers")) {
      assertThat(people().meaningOf(group, HARBOR)).isNotEqualTo(plain.meaningOf(group, HARBOR));
    }
  }
}
