package dev.remit.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * PostgreSQL servers that a killed process left behind on data folders below a folder of ours.
 *
 * <p>Only a process whose command is PostgreSQL's and whose id stands in a {@code postmaster.pid}
 * below that folder is ended.
 */
public final class StalePostgres {

  private StalePostgres() {}

  /** Ends them and waits until they are gone. */
  public static void stopBelow(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> pidFiles;
    try (Stream<Path> files =
        Files.find(folder, 4, (file, attributes) -> file.endsWith("postmaster.pid"))) {
      pidFiles = files.toList();
    }
    for (Path file : pidFiles) {
      stop(file);
    }
  }

  private static void stop(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.getFirst().strip().matches("[0-9]{1,10}")) {
      return;
    }
    var postmaster =
        ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
            .filter(process -> process.info().command().orElse("").endsWith("postgres"));
    if (postmaster.isEmpty()) {
      return;
    }
    postmaster.get().destroy();
    if (!isGone(postmaster.get(), 3)) {
      postmaster.get().destroyForcibly();
      if (!isGone(postmaster.get(), 10)) {
        throw new IOException("a PostgreSQL of an earlier run does not end");
      }
    }
  }

  private static boolean isGone(ProcessHandle process, int seconds) {
    try {
      process.onExit().get(seconds, TimeUnit.SECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }
}
