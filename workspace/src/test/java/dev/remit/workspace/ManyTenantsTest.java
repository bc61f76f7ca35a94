package dev.remit.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ManyTenantsTest {
  private static final int TENANTS = 10_000;

  private static byte[] tenant(int i) {
    return """
    tenant: t%1$d
    name: Tenant %1$d
    owner: service-managers
    approvers: { issuer: t%1$d, group: it-approvers }
    external-ids: { rmm: "%2$d" }
    """
        .formatted(i, i + 1_000)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, byte[]> files(int tenants) throws IOException {
    var files = new TreeMap<>(Example.files());
    var issuers =
        IntStream.range(0, tenants).mapToObj(i -> "t" + i).collect(Collectors.joining(", "));
    var remit = new String(files.get("remit.yaml"), StandardCharsets.UTF_8);
    files.put(
        "remit.yaml",
        remit
            .replace("people: [staff,", "people: [staff, " + issuers + ",")
            .getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < tenants; i++) {
      files.put("tenants/t" + i + ".yaml", tenant(i));
    }
    return files;
  }

  @Test
  void tenThousandTenantsAreReadInBoundedTime() throws IOException {
    var files = files(TENANTS);
    long start = System.nanoTime();
    var result = new Workspaces().load(files);
    var took = Duration.ofNanos(System.nanoTime() - start);
    assertThat(result)
        .isInstanceOfSatisfying(
            WorkspaceResult.Loaded.class,
            loaded -> assertThat(loaded.workspace().release().tenants()).hasSize(TENANTS + 3));
    assertThat(took).isLessThan(Duration.ofMinutes(2));
  }

  @Test
  void moreFilesThanAWorkspaceHasAreRefusedUnread() {
    var files = new TreeMap<String, byte[]>();
    for (int i = 0; i <= WorkspaceFolder.FILES_AT_MOST; i++) {
      files.put("tenants/t" + i + ".yaml", new byte[] {'{'});
    }
    assertThat(Example.problems(files))
        .anySatisfy(problem ->
            assertThat(problem.message())
                .isEqualTo("more than " + WorkspaceFolder.FILES_AT_MOST + " files"))
        .hasSizeLessThan(3);
  }
}
