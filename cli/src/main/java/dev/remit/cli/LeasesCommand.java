package dev.remit.cli;

import dev.remit.core.value.Value;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code remit leases}. */
@Command(
    name = "leases",
    mixinStandardHelpOptions = true,
    description = "Lists credentials that are not proven gone.")
final class LeasesCommand implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var leases = server.people().get("/v1/leases").items("leases");
    var out = spec.commandLine().getOut();
    if (server.isJson()) {
      Output.json(out, new Value.Array(leases));
    } else {
      Output.table(
          out,
          leases,
          "no credential is left",
          "lease",
          "tenant",
          "connector",
          "principal",
          "state",
          "end");
    }
    return 0;
  }
}
