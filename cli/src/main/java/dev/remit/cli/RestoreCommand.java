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
      "With --mirror: takes back first what the logs lack and others kept.",
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
      names = "--mirror",
      paramLabel = "PLACE",
      description = {
        "who kept a log that the backup lacks the end of: a client's pack, a folder of tiles,",
        "or `https://host/path` of tiles; without FILE: into a folder restored before"
      })
  private List<String> mirrors = new ArrayList<>();

  @Option(
      names = "--database",
      paramLabel = "URL",
      description = "with --mirror and without FILE: a database of your own, brought back already")
  private Optional<String> database = Optional.empty();

  @Option(
      names = "--declare",
      paramLabel = "WHY",
      description = "no backup of ours: the database of this folder was brought back")
  private Optional<String> declared = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (declared.isPresent()) {
      if (file.isPresent() || key.isPresent() || !kept().isEmpty()) {
        throw CommandException.usage("`--declare` takes a data folder and nothing else");
      }
      return BackupCommand.run(spec, data, List.of("declare", data.toString(), declared.get()));
    }
    if (file.isEmpty() && key.isEmpty() && !mirrors.isEmpty()) {
      return run(List.of("take-back", data.toString()));
    }
    if (file.isEmpty() || key.isEmpty() || database.isPresent()) {
      throw CommandException.usage(
          "name the backup and its key: `remit restore FILE --key FILE`; or what was restored and"
              + " a mirror: `remit restore --data DIR --mirror PLACE`");
    }
    return run(List.of("restore", file.get().toString(), key.get().toString(), data.toString()));
  }

  private int run(List<String> what) {
    var arguments = new ArrayList<>(what);
    arguments.addAll(kept());
    // The folder may not be there yet, so what the virtual machine keeps goes beside it.
    return BackupCommand.run(spec, beside(), arguments);
  }

  private List<String> kept() {
    var kept = new ArrayList<String>();
    mirrors.forEach(place -> kept.add("mirror=" + place));
    checkpoints.forEach(note -> kept.add("note=" + note));
    database.ifPresent(url -> kept.add("database=" + url));
    return kept;
  }

  private Path beside() {
    return data.resolveSibling("." + data.getFileName() + ".restore");
  }
}
