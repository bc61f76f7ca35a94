package dev.remit.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code remit oversight}. */
@Command(
    name = "oversight",
    mixinStandardHelpOptions = true,
    description = "Lists executed effects that wait for an overseer.")
final class OversightCommand implements Callable<Integer> {

  @Mixin private TenantListing listing = new TenantListing();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    return listing.print(
        "/v1/oversight",
        "items",
        "nothing waits to be looked at",
        "call",
        "tenant",
        "agentClass",
        "taskClass",
        "grade",
        "outcome",
        "dueAt",
        "isOverdue");
  }

  @Command(
      name = "certify",
      mixinStandardHelpOptions = true,
      description = "Says where to certify: it takes a passkey, so a browser.")
  int certify(
      @Mixin ServerOptions options,
      @Option(names = "--tenant", paramLabel = "T", description = "at this tenant")
          @Nullable String at) {
    var described = options.folder().server();
    var site =
        described
            .text("site")
            .orElseThrow(() ->
                CommandException.broken(
                    "the server does not say where people find it: restart it"));
    spec.commandLine().getOut().println(site + "/console/oversight" + (at == null ? "" : "/" + at));
    return 0;
  }
}
