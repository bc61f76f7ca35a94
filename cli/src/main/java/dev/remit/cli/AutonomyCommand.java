package dev.remit.cli;

import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code remit autonomy}. */
@Command(
    name = "autonomy",
    mixinStandardHelpOptions = true,
    description = "Lists how far agents go alone, with the evidence of the log.")
final class AutonomyCommand implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();

  @Option(names = "--tenant", paramLabel = "T", description = "one tenant only")
  private String tenant = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    List<Value> levels = new ArrayList<>();
    for (String name : Tenants.chosen(server.people(), tenant)) {
      levels.addAll(server.people().get("/v1/autonomy", Map.of("tenant", name)).items("levels"));
    }
    var out = spec.commandLine().getOut();
    if (server.isJson()) {
      Output.json(out, new Value.Array(levels));
    } else {
      Output.table(
          out,
          levels,
          "no agent works here",
          "tenant",
          "agentClass",
          "taskClass",
          "inForce",
          "upTo",
          "evidence.done",
          "evidence.certified",
          "evidence.objected",
          "evidence.unknown",
          "evidence.refusals",
          "evidence.overdue",
          "cause");
    }
    return 0;
  }
}
