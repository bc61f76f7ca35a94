package dev.remit.cli;

import dev.remit.cli.people.PeopleApi;
import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
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

  @Command(
      name = "load",
      mixinStandardHelpOptions = true,
      description = "Says how much is asked of people, and how quickly they answer.")
  int load(
      @Mixin ServerOptions server,
      @Option(names = "--tenant", paramLabel = "T", description = "one tenant only")
          @Nullable String tenant,
      @Option(
              names = "--hours",
              paramLabel = "N",
              defaultValue = "24",
              description = "how far back, 1 to 744; 24 if left out")
          int hours) {
    Map<String, String> query = new HashMap<>(Map.of("hours", Integer.toString(hours)));
    if (tenant != null) {
      query.put("tenant", tenant);
    }
    var load = server.people().get("/v1/fatigue", query);
    var out = spec.commandLine().getOut();
    if (server.isJson()) {
      Output.json(out, load);
    } else {
      LoadReport.print(out, load);
    }
    return 0;
  }

  @Command(
      name = "standing",
      mixinStandardHelpOptions = true,
      description = "Lists answers that people gave beforehand, and what is left of them.")
  int standing(
      @Mixin ServerOptions server,
      @Option(names = "--tenant", paramLabel = "T", description = "one tenant only")
          @Nullable String tenant) {
    List<Value> standing = new ArrayList<>();
    for (String name : Tenants.chosen(server.people(), tenant == null ? "" : tenant)) {
      standing.addAll(
          server.people().get("/v1/standing", Map.of("tenant", name)).items("standing"));
    }
    var out = spec.commandLine().getOut();
    if (server.isJson()) {
      Output.json(out, new Value.Array(standing));
    } else {
      Output.table(
          out,
          standing,
          "nothing stands",
          "handle",
          "tenant",
          "agent",
          "tool",
          "arguments",
          "mayDiffer",
          "used",
          "uses",
          "until",
          "state");
    }
    return 0;
  }

  @Command(
      name = "end-standing",
      mixinStandardHelpOptions = true,
      description = "Ends a standing approval; nobody is asked before that.")
  int endStanding(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "HANDLE", description = "its handle") String handle,
      @Option(names = "--tenant", paramLabel = "T", required = true, description = "whose it is")
          String tenant,
      @Option(names = "--reason", paramLabel = "WHY", required = true, description = "why it ends")
          String reason) {
    var path =
        "/v1/standing/" + PeopleApi.encode(tenant) + "/" + PeopleApi.encode(handle) + "/withdraw";
    var ended = server.people().post(path, Value.object("reason", reason));
    var out = spec.commandLine().getOut();
    if (server.isJson()) {
      Output.json(out, ended);
    } else {
      out.println("it is over: further calls wait for people again");
    }
    return 0;
  }
}
