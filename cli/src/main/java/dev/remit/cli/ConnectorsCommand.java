package dev.remit.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code remit connectors}. */
@Command(
    name = "connectors",
    mixinStandardHelpOptions = true,
    description = "Says what is known of connected systems.",
    subcommands = PinsCommand.class)
final class ConnectorsCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name what to show, such as `pins`");
  }
}
