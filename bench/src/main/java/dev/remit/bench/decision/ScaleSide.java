package dev.remit.bench.decision;

import dev.remit.bench.BenchException;
import dev.remit.cli.Folders;
import dev.remit.policy.Oracle;
import dev.remit.workspace.LoadedWorkspace;
import dev.remit.workspace.WorkspaceResult;
import dev.remit.workspace.Workspaces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What people wait for: a workspace of many tenants is checked, a version of many activated. */
final class ScaleSide {
  private static final int ACTIVATED_TENANTS = 500;
  private static final int POLICIES_EACH = 20;
  private static final int CHECKED_TENANTS = 1_000;

  private final Path folder;

  /** Keeps the generated workspaces in this folder while they are measured. */
  ScaleSide(Path folder) {
    this.folder = folder;
  }

  /** Reading, compiling and 10,000 requests to both engines over 10,000 policies, in seconds. */
  double activationSeconds() {
    return seconds(
        new ManyTenants(ACTIVATED_TENANTS, POLICIES_EACH), ScaleSide.class.getName(), "");
  }

  /** {@code remit check} on 1,000 tenants, in seconds. */
  double checkSeconds() {
    return seconds(new ManyTenants(CHECKED_TENANTS, 0), "dev.remit.cli.Main", "check");
  }

  private double seconds(ManyTenants many, String main, String command) {
    var workspace = folder.resolve("many");
    try {
      Folders.remove(workspace);
      many.write(Path.of(System.getProperty("remit.root", "."), "examples", "msp"), workspace);
      long start = System.nanoTime();
      var process = new ProcessBuilder(line(main, command, workspace)).inheritIO().start();
      int exit = process.waitFor();
      long end = System.nanoTime();
      Folders.remove(workspace);
      if (exit != 0) {
        throw BenchException.broken("`" + main + "` ended with " + exit);
      }
      return (end - start) / 1e9;
    } catch (IOException e) {
      throw BenchException.broken("the generated workspace cannot be measured: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BenchException.broken("interrupted");
    }
  }

  private static List<String> line(String main, String command, Path workspace) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var line =
        new java.util.ArrayList<>(
            List.of(
                java,
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main));
    if (!command.isEmpty()) {
      line.add(command);
    }
    line.add(workspace.toString());
    return line;
  }

  /** Activates the workspace of this folder as far as policy is concerned. */
  public static void main(String[] arguments) {
    switch (new Workspaces().read(Path.of(arguments[0]))) {
      case WorkspaceResult.Loaded(LoadedWorkspace loaded) -> {
        var agreement = Oracle.compare(loaded.release(), loaded.policies(), Oracle.AT_ACTIVATION);
        if (!agreement.isWhole() || agreement.onSlices() < Oracle.AT_ACTIVATION) {
          throw BenchException.broken("the engines disagree: " + agreement);
        }
      }
      case WorkspaceResult.Refused refused -> throw BenchException.broken(refused.text());
    }
  }
}
