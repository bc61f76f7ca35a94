package dev.remit.cli;

import dev.remit.core.value.Value;
import dev.remit.policy.Diagnostic;
import dev.remit.workspace.LoadedWorkspace;
import dev.remit.workspace.WorkspaceResult;
import dev.remit.workspace.Workspaces;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
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
        "Reads a workspace, says what is wrong with it and where, and tries its scenarios; exit 1"
            + " if anything does not hold.")
final class CheckCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      defaultValue = ".",
      description = "the workspace (default: the current folder)")
  private Path folder = Path.of(".");

  @Option(names = "--json", description = "print JSON, for programs")
  private boolean json;

  @Option(
      names = "--mutate",
      description = "break one policy after the other and say which scenario notices")
  private boolean mutate;

  @Option(names = "--strict", description = "take warnings for errors")
  private boolean strict;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    switch (new Workspaces().read(folder)) {
      case WorkspaceResult.Loaded(LoadedWorkspace workspace) -> {
        var report = CheckReport.of(workspace, mutate, LocalDate.now(ZoneOffset.UTC));
        if (json) {
          Output.json(out, report.value());
        } else {
          report.lines(folder + "/").forEach(out::println);
        }
        return report.holds() && !(strict && !report.warnings().isEmpty())
            ? 0
            : CommandException.REFUSED;
      }
      case WorkspaceResult.Refused(List<Diagnostic> problems) -> {
        if (json) {
          Output.json(out, refused(problems));
        } else {
          problems.forEach(problem -> out.println(folder + "/" + problem.text()));
        }
        return CommandException.REFUSED;
      }
    }
  }

  private static Value refused(List<Diagnostic> problems) {
    List<Value> items =
        problems.stream()
            .map(problem ->
                (Value)
                    Value.object(
                        "file", problem.file(),
                        "line", problem.line(),
                        "message", problem.message()))
            .toList();
    return Value.object("ok", false, "version", "", "diagnostics", new Value.Array(items));
  }
}
