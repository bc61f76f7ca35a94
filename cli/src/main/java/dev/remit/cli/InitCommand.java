package dev.remit.cli;

import dev.remit.cli.process.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code remit init DIR}. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = "Writes a starting workspace into a new or empty folder.")
final class InitCommand implements Callable<Integer> {

  @Parameters(paramLabel = "DIR", description = "the folder")
  private Path folder = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (Files.exists(folder) && !isEmptyFolder(folder)) {
      throw CommandException.usage(
          "`" + folder + "` is not an empty folder: name a new one, nothing is overwritten");
    }
    Folders.copy(Installation.current().root().resolve("examples/msp"), folder);
    spec.commandLine()
        .getOut()
        .println(
            "wrote a workspace of three example tenants to `"
                + folder
                + "`; edit it, then run `remit check "
                + folder
                + "`");
    return 0;
  }

  private static boolean isEmptyFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
