package dev.remit.bench.crash;

import dev.remit.bench.BenchException;
import dev.remit.bench.process.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The tracer that sits at some processes and lets one of their system calls go wrong. */
final class Tracer implements AutoCloseable {

  private static final Duration ATTACH = Duration.ofSeconds(20);

  private final Process process;
  private final Path output;

  private Tracer(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Returns once every thread of these processes is traced. */
  static Tracer attach(Path folder, Fault fault, List<Long> pids) throws IOException {
    var output = folder.resolve("strace.out");
    Files.deleteIfExists(output);
    var command =
        new ArrayList<>(
            List.of(
                "strace",
                "-f",
                "-o",
                output.toString(),
                "-e",
                "trace=" + fault.call(),
                "-e",
                "inject=" + fault.injection()));
    pids.forEach(pid -> command.addAll(List.of("-p", pid.toString())));
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("strace.log").toFile())
            .start();
    var tracer = new Tracer(process, output);
    try {
      Patience.until(
          "strace does not attach; see `" + folder.resolve("strace.log") + "`",
          ATTACH,
          Duration.ofMillis(10),
          () -> isTraced(pids) ? Optional.of(true) : Optional.empty());
    } catch (BenchException e) {
      tracer.close();
      throw e;
    }
    return tracer;
  }

  private static boolean isTraced(List<Long> pids) throws IOException {
    for (long pid : pids) {
      try (var tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
        for (var task : tasks.toList()) {
          if (Files.readString(task.resolve("status")).contains("TracerPid:\t0\n")) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** Lets go of what is left; whether the call was reached. */
  boolean hasStruck() throws IOException {
    close();
    var seen = Files.exists(output) ? Files.readString(output) : "";
    return seen.contains("(INJECTED)") || seen.contains("+++ killed by SIGKILL +++");
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
