package dev.remit.bench.decision;

import dev.remit.bench.BenchException;
import dev.remit.cli.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The example workspace with many more tenants, each of which varies a task class, and on wish with
 * policies of its own.
 */
record ManyTenants(int tenants, int policiesEach) {
  private static final String VARY =
      """
      vary:
        - { limit: per-tenant, down-to: 1/h }
        - { when: narrow }
      """;

  /** Writes it into a folder that is not there yet. */
  void write(Path example, Path folder) {
    try {
      Folders.copy(example, folder);
      var issuers =
          IntStream.range(0, tenants).mapToObj(i -> "t" + i).collect(Collectors.joining(", "));
      replace(folder.resolve("remit.yaml"), "people: [staff,", "people: [staff, " + issuers + ",");
      var task = folder.resolve("tasks/restart-service.yaml");
      Files.writeString(task, Files.readString(task) + VARY);
      for (int i = 0; i < tenants; i++) {
        Files.writeString(folder.resolve("tenants/t" + i + ".yaml"), tenant(i));
        if (policiesEach > 0) {
          Files.writeString(folder.resolve("policies/tenants/t" + i + ".cedar"), policies(i));
        }
      }
    } catch (IOException e) {
      throw BenchException.broken("the workspace cannot be written: " + e.getMessage());
    }
  }

  private static void replace(Path file, String find, String by) throws IOException {
    var text = Files.readString(file);
    if (!text.contains(find)) {
      throw BenchException.broken("`" + find + "` is not in " + file);
    }
    Files.writeString(file, text.replace(find, by));
  }

  private static String tenant(int i) {
    return """
    tenant: t%1$d
    name: Tenant %1$d
    owner: service-managers
    approvers: { issuer: t%1$d, group: it-approvers }
    external-ids: { rmm: "%2$d" }
    windows:
      - { name: support, days: [mon, tue, wed], from: "08:00", to: "18:00", zone: Etc/UTC }
    variations:
      restart-service:
        limits: { per-tenant: 10/h }
        when: resource.site != "%1$d"
    """
        .formatted(i, i + 1_000);
  }

  private String policies(int i) {
    return IntStream.range(0, policiesEach)
        .mapToObj(policy ->
            """
            @id("t%1$d.p%2$d") @reason("outside-task")
            forbid (principal, action in Action::"low", resource is Device in Tenant::"t%1$d")
            when { resource.role == "role-%2$d" };
            """
                .formatted(i, policy))
        .collect(Collectors.joining());
  }
}
