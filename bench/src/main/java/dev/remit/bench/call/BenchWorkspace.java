package dev.remit.bench.call;

import dev.remit.bench.BenchException;
import dev.remit.bench.upstream.Tool;
import dev.remit.cli.Folders;
import dev.remit.connectors.mcp.McpConnector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The example workspace, so that policy has its size, with the upstream, an operation that gets a
 * role of its own, and two task classes whose limits are no brake.
 */
public final class BenchWorkspace {

  private BenchWorkspace() {}

  /** Writes it to a folder, which is replaced. */
  public static void write(Path example, Path to) {
    try {
      Folders.remove(to);
      Folders.copy(example, to);
      Files.writeString(
          to.resolve("connectors/health.yaml"),
          resource("health.yaml").formatted(McpConnector.pin(Tool.definition())));
      Files.writeString(to.resolve("tasks/read-health.yaml"), resource("read-health.yaml"));
      Files.writeString(to.resolve("tasks/audit-assets.yaml"), resource("audit-assets.yaml"));
      Path assets = to.resolve("connectors/assets.yaml");
      Files.writeString(
          assets,
          Files.readString(assets).stripTrailing() + "\n" + resource("audit-operation.yaml"));
      replace(
          to.resolve("agents/service-desk.yaml"),
          "task-classes: [",
          "task-classes: [read-health, audit-assets, ");
      replace(to.resolve("remit.yaml"), "fleet: 2000/h", "fleet: 999999/h");
      replace(
          to.resolve("tenants/harbor-dental.yaml"),
          "external-ids:\n",
          "external-ids:\n  health: \"1\"\n");
      // Collections have no site, and an effect on one would make the policy read what is not
      // there.
      replace(
          to.resolve("policies/tenants/northwind-legal.cedar"),
          "when { resource.site",
          "when { resource has site && resource.site");
    } catch (IOException e) {
      throw BenchException.broken("cannot write the workspace to `" + to + "`");
    }
  }

  private static void replace(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    if (!text.contains(from)) {
      throw BenchException.broken("`" + file + "` has no `" + from.strip() + "` any more");
    }
    Files.writeString(file, text.replace(from, to));
  }

  private static String resource(String name) {
    try (var in = BenchWorkspace.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the benchmark was built without `" + name + "`");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
