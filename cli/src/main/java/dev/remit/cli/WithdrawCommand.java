package dev.remit.cli;

import dev.remit.core.value.Value;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code remit approvals withdraw}. */
@Command(
    name = "withdraw",
    mixinStandardHelpOptions = true,
    description = {
      "Takes back what waits for people, or was granted and is not used yet.",
      "The agent hears the reason when it asks."
    })
final class WithdrawCommand implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();

  @Parameters(paramLabel = "ID", description = "the handle, as `remit approvals` lists it")
  private String handle = "";

  @Option(names = "--tenant", paramLabel = "T", description = "whose it is, if that is known")
  private String tenant = "";

  @Option(names = "--reason", paramLabel = "R", required = true, description = "why, in words")
  private String reason = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (reason.isBlank()) {
      throw CommandException.usage("say why with `--reason`");
    }
    if (!handle.matches("[A-Za-z0-9_-]{1,128}")) {
      throw CommandException.usage("`" + handle + "` is no handle: `remit approvals` lists them");
    }
    var owner =
        owner()
            .orElseThrow(() ->
                CommandException.usage(
                    "nothing called `" + handle + "`: `remit approvals` lists all"));
    var answer =
        server
            .people()
            .post(
                "/v1/approvals/" + owner + "/" + handle + "/withdraw",
                Value.object("reason", reason.strip()));
    var out = spec.commandLine().getOut();
    if (server.isJson()) {
      Output.json(out, answer);
    } else {
      out.println("withdrawn " + handle);
    }
    return 0;
  }

  private Optional<String> owner() {
    for (String name : Tenants.chosen(server.people(), tenant)) {
      var listed = server.people().get("/v1/approvals", Map.of("tenant", name)).items("approvals");
      for (Value one : listed) {
        if (one instanceof Value.Obj proposal
            && proposal.text("handle").equals(Optional.of(handle))) {
          return Optional.of(name);
        }
      }
    }
    return Optional.empty();
  }
}
