package dev.remit.bench.crash;

import dev.remit.bench.process.Patience;
import dev.remit.postgres.DatabaseConfig;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One worker's life: warmed up, traced, told to go, ended. */
final class Run implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);
  private static final int WORK_SECONDS = 60;
  private static final String ACKNOWLEDGED = "acknowledged ";

  private final Process process;
  private final Path output;

  private Run(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts it, and waits until it has its connections. */
  static Run start(Path folder, DatabaseConfig config, Work work) throws IOException {
    var output = folder.resolve("worker.log");
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName(),
                folder.toString(),
                work.name())
            .redirectError(new File("/dev/null"))
            .redirectOutput(output.toFile())
            .start();
    var run = new Run(process, output);
    run.say(config.url() + "\n" + config.user() + "\n" + config.password() + "\n");
    Patience.until(
        "the worker is not ready; see `" + output + "`",
        START,
        Duration.ofMillis(20),
        () -> run.lines().contains("ready") ? Optional.of(true) : Optional.empty());
    return run;
  }

  long pid() {
    return process.pid();
  }

  /** Lets it work, until it ended or its time is over. */
  void go() throws IOException {
    say("go\n");
    try {
      if (!process.waitFor(WORK_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void say(String text) throws IOException {
    process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  private List<String> lines() throws IOException {
    return Files.readString(output, StandardCharsets.UTF_8).lines().toList();
  }

  /** What it was told to be durable. */
  Set<String> acknowledged() throws IOException {
    return lines().stream()
        .filter(line -> line.startsWith(ACKNOWLEDGED))
        .map(line -> line.substring(ACKNOWLEDGED.length()))
        .collect(Collectors.toCollection(HashSet::new));
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
