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

/** {@code remit approvals}. */
@Command(
    name = "approvals",
    mixinStandardHelpOptions = true,
    description = "Lists what waits, or waited, for people's answers.",
    subcommands = WithdrawCommand.class)
final class ApprovalsCommand implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();

  @Option(names = "--tenant", paramLabel = "T", description = "one tenant only")
  private String tenant = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    List<Value> proposals = new ArrayList<>();
    for (String name : Tenants.chosen(server.people(), tenant)) {
      proposals.addAll(
          server.people().get("/v1/approvals", Map.of("tenant", name)).items("approvals"));
    }
    var out = spec.commandLine().getOut();
    if (server.isJson()) {
      Output.json(out, new Value.Array(proposals));
    } else {
      Output.table(
          out,
          proposals,
          "nothing waits",
          "handle",
          "tenant",
          "agent",
          "tool",
          "arguments",
          "state",
          "answerBy");
    }
    return 0;
  }
}
