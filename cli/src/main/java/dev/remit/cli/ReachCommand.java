package dev.remit.cli;

import dev.remit.core.tenant.TenantId;
import dev.remit.policy.Diagnostic;
import dev.remit.policy.reach.Authorities;
import dev.remit.policy.reach.Authority;
import dev.remit.workspace.LoadedWorkspace;
import dev.remit.workspace.WorkspaceResult;
import dev.remit.workspace.Workspaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code remit reach}. */
@Command(
    name = "reach",
    mixinStandardHelpOptions = true,
    description =
        "Shows what an agent could do before anything runs: its tools, how each goes, and what it"
            + " inherits through tools that reach other systems; exit 1 if nobody accepted that.")
final class ReachCommand implements Callable<Integer> {

  @Parameters(
      index = "0",
      paramLabel = "AGENT",
      description = "an agent class, or one agent as class/tenant/environment/family")
  private String agent = "";

  @Parameters(
      index = "1",
      paramLabel = "DIR",
      arity = "0..1",
      defaultValue = ".",
      description = "the workspace (default: the current folder)")
  private Path folder = Path.of(".");

  @Option(names = "--tenant", paramLabel = "T", description = "only agents of this tenant")
  private @Nullable String tenant;

  @Option(names = "--json", description = "print JSON, for programs")
  private boolean json;

  @Option(names = "--svg", paramLabel = "FILE", description = "write a picture to this file, too")
  private @Nullable Path svg;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    return switch (new Workspaces().read(folder)) {
      case WorkspaceResult.Loaded(LoadedWorkspace workspace) -> {
        var report =
            new ReachReport(workspace.policies(), chosen(workspace), LocalDate.now(ZoneOffset.UTC));
        if (json) {
          Output.json(out, report.value());
        } else {
          report.lines(folder + "/").forEach(out::println);
        }
        if (svg != null) {
          picture(svg, report);
        }
        yield report.isAccepted() ? 0 : CommandException.REFUSED;
      }
      case WorkspaceResult.Refused(List<Diagnostic> problems) -> {
        problems.forEach(problem -> out.println(folder + "/" + problem.text()));
        yield CommandException.REFUSED;
      }
    };
  }

  private List<Authority> chosen(LoadedWorkspace workspace) {
    var release = workspace.release();
    if (tenant != null && !release.tenants().containsKey(new TenantId(tenant))) {
      throw CommandException.usage("no tenant is named `" + tenant + "`; see tenants/");
    }
    int slash = agent.indexOf('/');
    var name = slash < 0 ? agent : agent.substring(0, slash);
    var authorities = new Authorities(workspace.policies());
    var chosen =
        release.agentClasses().values().stream()
            .filter(known -> known.id().value().equals(name))
            .sorted(Comparator.comparing(known -> known.id().value()))
            .flatMap(known -> authorities.of(known).stream())
            .filter(one -> slash < 0 || one.agent().text().equals(agent))
            .filter(one -> tenant == null || one.agent().tenant().value().equals(tenant))
            .toList();
    if (chosen.isEmpty()) {
      throw CommandException.usage("no agent is named `" + agent + "`" + where() + "; see agents/");
    }
    return chosen;
  }

  private String where() {
    return tenant == null ? "" : " at `" + tenant + "`";
  }

  private void picture(Path file, ReachReport report) {
    try {
      Files.writeString(file, report.svg("What " + agent + " could do"));
    } catch (IOException e) {
      throw CommandException.broken("cannot write the picture to `" + file + "`");
    }
  }
}
