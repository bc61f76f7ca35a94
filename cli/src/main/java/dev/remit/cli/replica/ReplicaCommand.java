package dev.remit.cli.replica;

import dev.remit.cli.people.DataFolder;
import dev.remit.identity.secret.BackupKey;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code remit replica}. */
@Command(
    name = "replica",
    mixinStandardHelpOptions = true,
    description = "Makes another machine a replica of this installation.")
public final class ReplicaCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command: bundle, join");
  }

  @Command(
      name = "bundle",
      mixinStandardHelpOptions = true,
      description = {
        "Writes what all replicas share into one sealed file: the installation's name and keys,",
        "and its sealed secrets. The server may run meanwhile. Take file and key to the other",
        "machine by different ways, and delete both there once it has joined."
      })
  int bundle(
      @Parameters(paramLabel = "FILE", description = "the new bundle") Path file,
      @Option(
              names = "--key",
              paramLabel = "FILE",
              required = true,
              description = "a new file for the key that it is sealed with")
          Path key,
      @Option(
              names = "--data",
              paramLabel = "DIR",
              defaultValue = DataFolder.DEFAULT,
              description = "this server's data folder (default: ${DEFAULT-VALUE})")
          Path data) {
    BackupKey.create(key);
    var names = Bundle.write(data, file, BackupKey.read(key));
    var out = spec.commandLine().getOut();
    out.println("bundled " + names.size() + " files of `" + data + "` in `" + file + "`");
    out.println("who holds it and `" + key + "` can be this installation: delete both after use");
    return 0;
  }

  @Command(
      name = "join",
      mixinStandardHelpOptions = true,
      description = "Makes a data folder of a bundle; start it with `remit up --database URL`.")
  int join(
      @Parameters(paramLabel = "FILE", description = "the bundle") Path file,
      @Option(
              names = "--key",
              paramLabel = "FILE",
              required = true,
              description = "the key that it is sealed with")
          Path key,
      @Option(
              names = "--data",
              paramLabel = "DIR",
              required = true,
              description = "the new data folder")
          Path data,
      @Option(
              names = "--beside",
              paramLabel = "DIR",
              description = {
                "the first one's data folder, where both run on this machine and the first one",
                "keeps the database: its serving password is taken from there"
              })
          Optional<Path> beside) {
    var names = Bundle.join(file, BackupKey.read(key), data);
    beside.ifPresent(first -> Bundle.shareEmbedded(first, data));
    spec.commandLine()
        .getOut()
        .println("`" + data + "` has joined with " + names.size() + " files");
    return 0;
  }
}
