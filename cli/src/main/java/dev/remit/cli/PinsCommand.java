package dev.remit.cli;

import dev.remit.core.call.Tool;
import dev.remit.core.release.Release;
import dev.remit.core.value.Value;
import dev.remit.workspace.WorkspaceResult;
import dev.remit.workspace.Workspaces;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code remit connectors pins}. */
@Command(
    name = "pins",
    mixinStandardHelpOptions = true,
    description =
        "Lists tools of upstream MCP servers with the pin that people accepted; with --changed what"
            + " the running server found different. Exit 1 if a tool changed.")
final class PinsCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      defaultValue = ".",
      description = "the workspace (default: the current folder)")
  private Path folder = Path.of(".");

  @Mixin private ServerOptions server = new ServerOptions();

  @Option(
      names = "--changed",
      description = "ask the running server which tools changed, and show what is different")
  private boolean changed;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    return switch (new Workspaces().read(folder)) {
      case WorkspaceResult.Loaded(var workspace) -> {
        var different =
            changed
                ? server.people().get("/v1/posture").object("toolsChanged")
                : Optional.<Value.Obj>empty();
        var pins = pins(workspace.release(), different.orElse(Value.Obj.EMPTY));
        show(out, pins);
        yield different.filter(tools -> !tools.isEmpty()).isPresent()
            ? CommandException.REFUSED
            : 0;
      }
      case WorkspaceResult.Refused(var problems) -> {
        problems.forEach(problem -> out.println(folder + "/" + problem.text()));
        yield CommandException.REFUSED;
      }
    };
  }

  private void show(PrintWriter out, List<Value> pins) {
    if (server.isJson()) {
      Output.json(out, Value.object("pins", new Value.Array(pins)));
      return;
    }
    Output.table(out, pins, "no tool is of an upstream server", "tool", "connector", "pin", "kept");
    for (var pin : pins) {
      var lines = pin instanceof Value.Obj one ? one.items("different") : List.<Value>of();
      if (!lines.isEmpty()) {
        out.println();
        out.println(Output.text(pin, "tool") + " is out; to accept it, edit `pin` and `accepted`:");
        lines.forEach(line -> out.println("  " + Output.words(line)));
      }
    }
  }

  private static List<Value> pins(Release release, Value.Obj different) {
    return release.tools().values().stream()
        .filter(tool -> isUpstream(release, tool))
        .sorted(Comparator.comparing(Tool::name))
        .map(tool -> pin(tool, different))
        .toList();
  }

  private static Value pin(Tool tool, Value.Obj different) {
    var pin =
        Value.object(
            "tool", tool.name(),
            "connector", tool.connector().value(),
            "pin", tool.pin(),
            "kept", tool.settings().object("accepted").isPresent());
    var lines = different.items(tool.name());
    return lines.isEmpty() ? pin : pin.with("different", new Value.Array(lines));
  }

  private static boolean isUpstream(Release release, Tool tool) {
    var connector = release.connectors().get(tool.connector());
    return connector != null && connector.kind().equals("mcp");
  }
}
