package dev.remit.cli.demo;

import dev.remit.cli.CommandException;
import dev.remit.cli.people.DataFolder;
import dev.remit.cli.process.Installation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code remit demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Plays the main job on a small estate and says of each act whether it ended as it should.",
      "Exit 0 only if every act did."
    })
public final class DemoCommand implements Callable<Integer> {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = DataFolder.DEFAULT,
      description = "the data folder (default: ${DEFAULT-VALUE})")
  private Path data = Path.of(DataFolder.DEFAULT);

  @Option(names = "--json", description = "print one JSON array with an object for each act")
  private boolean json;

  @Option(names = "--keep", description = "leave the server up afterwards, until Ctrl-C")
  private boolean keep;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    var report = new Report(spec.commandLine().getOut(), json);
    try (var troupe = Troupe.start(Installation.current(), data, keep, line -> say(err, line));
        var stage = new Stage(troupe.lab(), troupe.data())) {
      stage.awaitInventory();
      report.begin();
      Acts.play(stage, report::tell);
      boolean isAsItShould = report.end();
      if (keep) {
        say(
            err,
            "the server stays up until Ctrl-C; ask it with `--data " + troupe.data().path() + "`");
        troupe.await();
      }
      return isAsItShould ? 0 : CommandException.REFUSED;
    }
  }

  /** Progress is for people: the launcher says whether one is looking. */
  private static void say(PrintWriter err, String line) {
    if (System.getProperty("remit.terminal") != null) {
      err.println("remit: " + line);
      err.flush();
    }
  }
}
