package dev.remit.lab.assets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A postmaster that outlived a killed lab: it holds port and folder, and is stopped by its pid file
 * first.
 */
final class StalePostmaster {
  private StalePostmaster() {}

  /** Stops it if there is one; a pid file whose process is something else is only removed. */
  static void stop(Path data) throws IOException {
    Path file = data.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return;
    }
    List<String> lines = Files.readAllLines(file);
    Optional<ProcessHandle> process =
        lines.isEmpty() ? Optional.empty() : process(lines.getFirst().strip(), data);
    if (process.isPresent()) {
      for (String signal : List.of("INT", "QUIT", "KILL")) {
        if (signalled(process.get(), signal)) {
          break;
        }
      }
    }
    Files.deleteIfExists(file);
  }

  private static Optional<ProcessHandle> process(String pid, Path data) throws IOException {
    if (!pid.matches("[0-9]{1,10}")) {
      return Optional.empty();
    }
    Path commandLine = Path.of("/proc", pid, "cmdline");
    if (Files.exists(commandLine)) {
      String text = Files.readString(commandLine);
      if (!text.contains("postgres") || !text.contains(data.toString())) {
        return Optional.empty();
      }
    }
    return ProcessHandle.of(Long.parseLong(pid));
  }

  /** INT is PostgreSQL's fast shutdown, QUIT the immediate one. */
  private static boolean signalled(ProcessHandle process, String signal) throws IOException {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      for (int tries = 0; tries < 400 && runs(process); tries++) {
        Thread.sleep(10);
      }
      return !runs(process);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the old database process stops", e);
    }
  }

  /** A process that ended and waits for its parent's attention runs no more. */
  private static boolean runs(ProcessHandle process) {
    Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
    if (!process.isAlive()) {
      return false;
    }
    try {
      return !Files.exists(stat) || !Files.readString(stat).contains(") Z ");
    } catch (IOException e) {
      return process.isAlive(); // the process ended while its state was read
    }
  }
}
