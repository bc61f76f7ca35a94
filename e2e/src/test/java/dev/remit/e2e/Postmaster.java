package dev.remit.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The processes of one PostgreSQL cluster: to be stopped, started, and made to stand still. */
final class Postmaster {

  private final Path cluster;

  Postmaster(Path cluster) {
    this.cluster = cluster;
  }

  /** Stops it at once, as a crash of the machine would. */
  void crash() {
    var process = process();
    signal("QUIT", Stream.of(process));
    Eventually.holds("PostgreSQL is gone", Duration.ofSeconds(10), () -> !process.isAlive());
  }

  /** Starts it again with the programs that lie beside it. */
  void start() {
    var home = cluster.resolveSibling("");
    var command = new ArrayList<String>();
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(List.of("unshare", "--user"));
    }
    command.addAll(
        List.of(
            home.resolve("binaries/bin/pg_ctl").toString(),
            "start",
            "--pgdata=" + cluster,
            "--log=" + home.resolve("postgres.log"),
            "--wait",
            "--silent"));
    run(command);
  }

  /** It neither answers nor refuses, until {@link #goOn}. */
  void standStill() {
    signal("STOP", all());
  }

  void goOn() {
    signal("CONT", all());
  }

  private Stream<ProcessHandle> all() {
    var process = process();
    return Stream.concat(Stream.of(process), process.descendants());
  }

  private ProcessHandle process() {
    try {
      var pid = Files.readAllLines(cluster.resolve("postmaster.pid")).getFirst().strip();
      return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void signal(String name, Stream<ProcessHandle> processes) {
    var command = new ArrayList<>(List.of("kill", "-" + name));
    processes.forEach(process -> command.add(Long.toString(process.pid())));
    run(command);
  }

  private static void run(List<String> command) {
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor() != 0 && !command.getFirst().equals("kill")) {
        throw new IllegalStateException("failed: " + command);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
