package dev.remit.bench.process;

import dev.remit.bench.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process beside the server, such as an upstream or a peer.
 *
 * <p>Its output goes to a file; it is ended when this is closed, and with this process.
 */
public final class Companion implements AutoCloseable {

  private static final int BEAT_MILLIS = 25;

  private final String name;
  private final Process process;
  private final Path log;

  private Companion(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /** Starts it. Its standard input stays open until it is closed. */
  public static Companion start(String name, List<String> command, Path folder) {
    try {
      Path log = Files.createDirectories(folder).resolve(name + ".log");
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return new Companion(name, process, log);
    } catch (IOException e) {
      throw BenchException.broken("cannot start the " + name + ": " + e.getMessage());
    }
  }

  /** What follows these words in its output, once they are said. */
  public String await(String words, Duration atMost) {
    return Patience.until(
        "the " + name + " is not ready; see `" + log + "`",
        atMost,
        Duration.ofMillis(BEAT_MILLIS),
        () ->
            Files.readAllLines(log).stream()
                .filter(line -> line.startsWith(words))
                .map(line -> line.substring(words.length()).strip())
                .findFirst());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(3, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
