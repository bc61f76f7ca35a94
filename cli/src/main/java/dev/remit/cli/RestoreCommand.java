package dev.remit.cli;

import dev.remit.cli.people.DataFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code remit restore}: a new data folder from a backup, or the word that a database came back.
 */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a new data folder from a backup. The next start stops everything, ends tasks,",
      "approvals and sessions of then, and waits for people.",
      "With --declare: says that other tools brought the database back, and does the same."
    })
final class RestoreCommand implements Callable<Integer> {

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "the backup")
  private Optional<Path> file = Optional.empty();

  @Option(names = "--key", paramLabel = "FILE", description = "the key it is sealed with")
  private Optional<Path> key = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = DataFolder.DEFAULT,
      description = "the folder to make (default: ${DEFAULT-VALUE})")
  private Path data = Path.of(DataFolder.DEFAULT);

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = "a checkpoint that a client or a witness kept; the logs must hold it")
  private List<Path> checkpoints = new ArrayList<>();

  @Option(
      names = "--declare",
      paramLabel = "WHY",
      description = "no backup of ours: the database of this folder was brought back")
  private Optional<String> declared = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (declared.isPresent()) {
      if (file.isPresent() || key.isPresent() || !checkpoints.isEmpty()) {
        throw CommandException.usage("`--declare` takes a data folder and nothing else");
      }
      return BackupCommand.run(spec, data, List.of("declare", data.toString(), declared.get()));
    }
    if (file.isEmpty() || key.isEmpty()) {
      throw CommandException.usage("name the backup and its key: `remit restore FILE --key FILE`");
    }
    var arguments = new ArrayList<String>();
    arguments.add("restore");
    arguments.add(file.get().toString());
    arguments.add(key.get().toString());
    arguments.add(data.toString());
    checkpoints.forEach(note -> arguments.add(note.toString()));
    // The folder must not be there yet, so what the virtual machine keeps goes beside it.
    return BackupCommand.run(spec, beside(), arguments);
  }

  private Path beside() {
    return data.resolveSibling("." + data.getFileName() + ".restore");
  }
}
