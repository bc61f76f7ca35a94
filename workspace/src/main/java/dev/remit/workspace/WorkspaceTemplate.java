package dev.remit.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code remit init} writes: a small workspace that passes {@code remit check}, and the JSON
 * Schemas of its files for editors in {@code .schema/}, which is no part of the workspace.
 */
public final class WorkspaceTemplate {
  private static final List<String> WORKSPACE =
      List.of(
          "remit.yaml",
          "tenants/first-client.yaml",
          "connectors/rmm.yaml",
          "agents/service-desk.yaml",
          "tasks/read-device.yaml",
          "policies/guardrails.cedar");
  private static final List<String> SCHEMAS =
      List.of(
          "remit.json",
          "tenant.json",
          "connector.json",
          "agent.json",
          "task.json",
          "scenario.json");

  private WorkspaceTemplate() {}

  /** The files of the workspace by path. */
  public static Map<String, byte[]> files() {
    var files = new TreeMap<String, byte[]>();
    WORKSPACE.forEach(path -> files.put(path, resource("/template/" + path)));
    return files;
  }

  /** The JSON Schemas by path below the workspace's folder. */
  public static Map<String, byte[]> schemas() {
    var files = new TreeMap<String, byte[]>();
    SCHEMAS.forEach(name -> files.put(".schema/" + name, resource("/schema/" + name)));
    return files;
  }

  private static byte[] resource(String path) {
    try (var in = WorkspaceTemplate.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the template is missing from this build");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
