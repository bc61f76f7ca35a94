package dev.remit.lab.assets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
      process.onExit().get(4, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IOException("cannot wait for the old database process", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the old database process stops", e);
    }
  }
}
