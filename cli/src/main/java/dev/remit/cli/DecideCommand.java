package dev.remit.cli;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code remit decide}. */
@Command(
    name = "decide",
    mixinStandardHelpOptions = true,
    description =
        "Says what policy would say to a call that nobody makes; exit 1 if not permitted.")
final class DecideCommand implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();

  @Option(
      names = "--agent",
      paramLabel = "A",
      required = true,
      description = "class/tenant/environment/family")
  private String agent = "";

  @Option(names = "--task-class", paramLabel = "K", required = true, description = "its task class")
  private String taskClass = "";

  @Option(names = "--tenant", paramLabel = "T", required = true, description = "the task's tenant")
  private String tenant = "";

  @Option(names = "--tool", paramLabel = "X", required = true, description = "the tool")
  private String tool = "";

  @Option(
      names = "--target",
      paramLabel = "R",
      description = "the target's identifier in its own system")
  private String target = "";

  @Option(names = "--arguments", paramLabel = "JSON", description = "further arguments")
  private String arguments = "{}";

  @Option(names = "--explain", description = "say which policies decided, and on what facts")
  private boolean explain;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var question =
        Value.object("agent", agent, "taskClass", taskClass, "tenant", tenant, "tool", tool);
    if (!target.isEmpty()) {
      question = question.with("target", Value.of(target));
    }
    var more = Json.parseObject(arguments);
    if (!more.isEmpty()) {
      question = question.with("arguments", more);
    }
    var answer = server.people().post("/v1/decide", question);
    var out = spec.commandLine().getOut();
    if (server.isJson()) {
      Output.json(out, answer);
    } else {
      out.println(Output.text(answer, "decision"));
      if (explain) {
        answer
            .without("decision")
            .members()
            .forEach((name, value) -> out.println("  " + name + ": " + Output.words(value)));
      }
    }
    return answer.text("decision").orElse("").equals("permit") ? 0 : CommandException.REFUSED;
  }
}
