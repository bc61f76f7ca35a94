package dev.remit.cli;

import dev.remit.cli.people.DataFolder;
import dev.remit.cli.process.Child;
import dev.remit.cli.process.Installation;
import dev.remit.cli.process.Part;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code remit up}: the server in the foreground, until Ctrl-C. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description =
        "Runs the server until Ctrl-C, with an embedded PostgreSQL unless a URL is given.")
final class UpCommand implements Callable<Integer> {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = DataFolder.DEFAULT,
      description = "the data folder (default: ${DEFAULT-VALUE})")
  private Path data = Path.of(DataFolder.DEFAULT);

  @Option(
      names = "--workspace",
      paramLabel = "DIR",
      description = "the workspace; never in force by itself (see --activate-first)")
  private Optional<Path> workspace = Optional.empty();

  @Option(
      names = "--activate-first",
      paramLabel = "DIGEST",
      description = "on an empty database, put the version that `remit check` printed in force")
  private Optional<String> firstVersion = Optional.empty();

  @Option(
      names = "--authors",
      paramLabel = "ISSUER/SUBJECT,...",
      description = "who wrote that version; none of them answers what its policy asks")
  private Optional<String> authors = Optional.empty();

  @Option(
      names = "--machines-port",
      paramLabel = "PORT",
      description = "listener of agents (default: 8470)")
  private Optional<Integer> machinesPort = Optional.empty();

  @Option(
      names = "--people-port",
      paramLabel = "PORT",
      description = "listener of people (default: 8471)")
  private Optional<Integer> peoplePort = Optional.empty();

  @Option(
      names = "--connections-every",
      paramLabel = "SECONDS",
      description = "how often connections that are well are tried (default: 300)")
  private Optional<Integer> connectionsEvery = Optional.empty();

  @Option(names = "--database", paramLabel = "URL", description = "a PostgreSQL of your own")
  private Optional<String> database = Optional.empty();

  @Option(names = "--config", paramLabel = "FILE", description = "endpoints and issuers, as JSON")
  private Optional<Path> config = Optional.empty();

  @Option(names = "--lab", description = "start the lab estate too, and use it")
  private boolean lab;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (lab && config.isPresent()) {
      throw CommandException.usage("`--lab` brings its own endpoints: leave `--config` out");
    }
    Installation installation = Installation.current();
    List<String> arguments = new ArrayList<>();
    workspace
        .or(() -> lab ? Optional.of(installation.root().resolve("examples/msp")) : Optional.empty())
        .ifPresent(path -> arguments.addAll(List.of("--workspace", path.toString())));
    firstVersion.ifPresent(digest -> arguments.addAll(List.of("--activate-first", digest)));
    authors.ifPresent(names -> arguments.addAll(List.of("--authors", names)));
    machinesPort.ifPresent(port -> arguments.addAll(List.of("--machines-port", port.toString())));
    peoplePort.ifPresent(port -> arguments.addAll(List.of("--people-port", port.toString())));
    connectionsEvery.ifPresent(
        seconds -> arguments.addAll(List.of("--connections-every", seconds.toString())));
    database.ifPresent(url -> arguments.addAll(List.of("--database", url)));
    config.ifPresent(path -> arguments.addAll(List.of("--config", path.toString())));
    if (!lab) {
      return serve(installation, arguments);
    }
    try (Child estate = Child.start(Part.lab(data), installation, line -> {})) {
      stopAtExit(estate);
      spec.commandLine().getErr().println("remit: starting the lab estate");
      String file = estate.awaitReady(Duration.ofSeconds(90));
      arguments.addAll(List.of("--lab", file));
      return serve(installation, arguments);
    }
  }

  private int serve(Installation installation, List<String> arguments) {
    Part part = Part.server(data, arguments, data);
    try (Child server = Child.start(part, installation, this::show)) {
      stopAtExit(server);
      return server.await();
    }
  }

  /** The ready line is the result; all else is progress. */
  private void show(String line) {
    var command = spec.commandLine();
    (line.startsWith("remit ready") ? command.getOut() : command.getErr()).println(line);
  }

  private static void stopAtExit(Child child) {
    Runtime.getRuntime().addShutdownHook(new Thread(child::close));
  }
}
