package dev.remit.bench.call;

import dev.remit.bench.BenchException;
import dev.remit.bench.load.Load;
import dev.remit.cli.Folders;
import dev.remit.cli.process.Child;
import dev.remit.cli.process.Installation;
import dev.remit.cli.process.Part;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The server as `remit up` starts it, on a data folder of its own.
 *
 * <p>{@code REMIT_BENCH_JVM} adds JVM options, for a profiler.
 */
public final class Governor implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(90);
  private static final int STARTS = 3;

  private final Child process;
  private final URI mcp;
  private final double readySeconds;

  private Governor(Child process, URI mcp, double readySeconds) {
    this.process = process;
    this.mcp = mcp;
    this.readySeconds = readySeconds;
  }

  /** Makes the data folder, then starts on it a few times; the last one stays. */
  static Governor start(
      Installation installation, Path folder, Path workspace, Path lab, URI upstream) {
    return start(installation, folder, workspace, lab, upstream, STARTS);
  }

  /** Makes the data folder, then starts on it so many times; the last one stays. */
  public static Governor start(
      Installation installation, Path folder, Path workspace, Path lab, URI upstream, int starts) {
    try {
      Folders.remove(folder);
      Files.createDirectories(folder);
      Path config = folder.resolve("config.json");
      Files.writeString(
          config,
          CanonicalJson.text(
              Value.object(
                  "endpoints",
                  Value.object(
                      "health", Value.object("kind", "mcp", "url", upstream.toString())))));
      var part = part(folder, workspace, lab, config);
      try (var first = Child.start(part, installation, line -> {})) {
        first.awaitReady(START);
      }
      return started(part, installation, starts);
    } catch (IOException e) {
      throw BenchException.broken("cannot use `" + folder + "`");
    }
  }

  private static Governor started(Part part, Installation installation, int starts) {
    var seconds = new ArrayList<Double>();
    while (true) {
      long start = System.nanoTime();
      var child = Child.start(part, installation, line -> {});
      String ready = child.awaitReady(START);
      seconds.add((System.nanoTime() - start) / 1e9);
      if (seconds.size() == starts) {
        String machines = Json.parseObject(ready).text("machines").orElseThrow();
        return new Governor(child, URI.create(machines + "/mcp"), Load.median(seconds));
      }
      child.close();
    }
  }

  private static Part part(Path folder, Path workspace, Path lab, Path config) {
    var part =
        Part.server(
            folder,
            List.of(
                "--workspace",
                workspace.toString(),
                "--lab",
                lab.toString(),
                "--config",
                config.toString(),
                "--connections-every",
                "86400",
                "--machines-port",
                "0",
                "--people-port",
                "0"),
            folder);
    var options = new ArrayList<>(part.jvmOptions());
    String more = System.getenv().getOrDefault("REMIT_BENCH_JVM", "");
    if (!more.isBlank()) {
      options.addAll(List.of(more.strip().split(" +")));
    }
    return new Part(
        part.name(),
        part.mainClass(),
        part.ready(),
        options,
        part.arguments(),
        part.database(),
        part.cache(),
        part.log());
  }

  /** The machines' listener. */
  public URI mcp() {
    return mcp;
  }

  /** The median time from the start of the process to its ready line, on an existing folder. */
  double readySeconds() {
    return readySeconds;
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.close();
  }
}
