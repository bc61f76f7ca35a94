package dev.remit.cli;

import dev.remit.cli.people.DataFolder;
import dev.remit.cli.process.Child;
import dev.remit.cli.process.Installation;
import dev.remit.cli.process.Part;
import dev.remit.identity.secret.BackupKey;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code remit backup}: a data folder as one sealed file, whether the server runs or not. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Writes keys, sealed secrets and the embedded database into one sealed file.",
      "The server may run meanwhile. Keep the key away from the backups."
    })
final class BackupCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "the new backup")
  private Path file = Path.of("");

  @Option(
      names = "--key",
      paramLabel = "FILE",
      required = true,
      description = "the key it is sealed with; its owner alone may be able to read it")
  private Path key = Path.of("");

  @Option(names = "--new-key", description = "make the key first")
  private boolean isNew;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = DataFolder.DEFAULT,
      description = "the data folder (default: ${DEFAULT-VALUE})")
  private Path data = Path.of(DataFolder.DEFAULT);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (isNew) {
      BackupKey.create(key);
      spec.commandLine().getErr().println("remit: made the key `" + key + "`; keep it elsewhere");
    }
    return run(spec, data, List.of("backup", data.toString(), file.toString(), key.toString()));
  }

  /** Runs the server's own part for backups in the foreground; its words are ours. */
  static int run(CommandSpec spec, Path cache, List<String> arguments) {
    var part = Part.backup(cache, arguments);
    try (Child child =
        Child.start(
            part, Installation.current(), line -> spec.commandLine().getOut().println(line))) {
      return child.await();
    }
  }
}
