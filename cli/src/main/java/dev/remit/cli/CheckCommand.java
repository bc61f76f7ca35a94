package dev.remit.cli;

import dev.remit.core.release.Release;
import dev.remit.core.value.Value;
import dev.remit.policy.Diagnostic;
import dev.remit.workspace.LoadedWorkspace;
import dev.remit.workspace.WorkspaceResult;
import dev.remit.workspace.Workspaces;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code remit check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description =
        "Reads a workspace and says what is wrong with it, and where; exit 1 if anything.")
final class CheckCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      defaultValue = ".",
      description = "the workspace (default: the current folder)")
  private Path folder = Path.of(".");

  @Option(names = "--json", description = "print JSON, for programs")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    switch (new Workspaces().read(folder)) {
      case WorkspaceResult.Loaded(LoadedWorkspace workspace) -> {
        if (json) {
          Output.json(out, value(workspace.version().value(), List.of()));
        } else {
          out.println(words(workspace.release()));
        }
        return 0;
      }
      case WorkspaceResult.Refused(List<Diagnostic> problems) -> {
        if (json) {
          Output.json(out, value("", problems));
        } else {
          problems.forEach(problem -> out.println(folder + "/" + problem.text()));
        }
        return CommandException.REFUSED;
      }
    }
  }

  private static Value value(String version, List<Diagnostic> problems) {
    List<Value> items =
        problems.stream()
            .map(problem ->
                (Value)
                    Value.object(
                        "file", problem.file(),
                        "line", problem.line(),
                        "message", problem.message()))
            .toList();
    return Value.object(
        "ok", problems.isEmpty(), "version", version, "diagnostics", new Value.Array(items));
  }

  private static String words(Release release) {
    return "in order: %d tenants, %d agent classes, %d task classes, %d tools; version %s"
        .formatted(
            release.tenants().size(),
            release.agentClasses().size(),
            release.taskClasses().size(),
            release.tools().size(),
            release.version());
  }
}
