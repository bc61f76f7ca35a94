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

/** {@code remit tasks}. */
@Command(name = "tasks", mixinStandardHelpOptions = true, description = "Lists tasks.")
final class TasksCommand implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();

  @Option(names = "--tenant", paramLabel = "T", description = "one tenant only")
  private String tenant = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    List<Value> tasks = new ArrayList<>();
    for (String name : Tenants.chosen(server.people(), tenant)) {
      tasks.addAll(server.people().get("/v1/tasks", Map.of("tenant", name)).items("tasks"));
    }
    var out = spec.commandLine().getOut();
    if (server.isJson()) {
      Output.json(out, new Value.Array(tasks));
    } else {
      Output.table(
          out,
          tasks,
          "no tasks",
          "task",
          "tenant",
          "agent",
          "taskClass",
          "ticket",
          "state",
          "openedAt");
    }
    return 0;
  }
}
