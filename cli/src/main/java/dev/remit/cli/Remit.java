package dev.remit.cli;

import dev.remit.cli.connect.ConnectCommand;
import dev.remit.cli.demo.DemoCommand;
import dev.remit.cli.replica.ReplicaCommand;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command's list of commands. */
@Command(
    name = "remit",
    mixinStandardHelpOptions = true,
    version = "remit 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    description = "Decides what an agent may do, at the moment of every call, and keeps the proof.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:refused, or not verified",
      "2:wrong usage or invalid input",
      "3:something else is broken"
    },
    commandListHeading = "%nCommands:%n",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      InitCommand.class,
      CheckCommand.class,
      CompileCommand.class,
      ReachCommand.class,
      ConnectorsCommand.class,
      SecretCommand.class,
      DecideCommand.class,
      LoginCommand.class,
      LogoutCommand.class,
      CallCommand.class,
      ConnectCommand.class,
      TasksCommand.class,
      ApprovalsCommand.class,
      OversightCommand.class,
      AgentsCommand.class,
      AutonomyCommand.class,
      PeopleCommand.class,
      LeasesCommand.class,
      KillCommand.class,
      TrailCommand.class,
      EvidenceCommand.class,
      WitnessCommand.class,
      ReplicaCommand.class,
      LogKeyCommand.class,
      LogSignerCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      DoctorCommand.class,
      GenerateCompletion.class,
      HelpCommand.class
    })
final class Remit implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command");
  }
}
