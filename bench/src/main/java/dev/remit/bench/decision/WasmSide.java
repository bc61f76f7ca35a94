package dev.remit.bench.decision;

import dev.remit.bench.BenchException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The npm package {@code @cedar-policy/cedar-wasm} in Node, installed on first use. */
final class WasmSide implements AutoCloseable {
  private static final String PACKAGE = "@cedar-policy/cedar-wasm";
  private static final String VERSION = "4.13.0";
  private static final int REQUESTS = 32;

  private final Process node;

  private WasmSide(Process node) {
    this.node = node;
  }

  static WasmSide start(Path folder) {
    Path module = folder.resolve("node_modules/" + PACKAGE + "/nodejs/cedar_wasm.js");
    try {
      Files.createDirectories(folder);
      if (!Files.exists(module)) {
        install(folder);
      }
      Path script = folder.resolve("wasm.cjs");
      try (var source = WasmSide.class.getResourceAsStream("wasm.cjs")) {
        if (source == null) {
          throw BenchException.broken("the script for node is missing from the jar");
        }
        Files.write(script, source.readAllBytes());
      }
      return new WasmSide(
          new ProcessBuilder("node", script.toString(), module.toString())
              .redirectError(folder.resolve("node.log").toFile())
              .start());
    } catch (IOException e) {
      throw BenchException.broken("the peer needs node and npm: install Node 20 or newer");
    }
  }

  private static void install(Path folder) throws IOException {
    Files.writeString(folder.resolve("package.json"), "{\"private\":true}\n");
    var npm =
        new ProcessBuilder(
                "npm",
                "install",
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
                PACKAGE + "@" + VERSION)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("npm.log").toFile())
            .start();
    try {
      if (!npm.waitFor(2, TimeUnit.MINUTES) || npm.exitValue() != 0) {
        npm.destroyForcibly();
        throw BenchException.broken(
            "npm cannot install " + PACKAGE + "; see `" + folder.resolve("npm.log") + "`");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BenchException.broken("interrupted");
    }
  }

  /** The median in microseconds. */
  double microsP50(Workload workload, int samples) {
    var requests = workload.requests(REQUESTS).stream().map(CedarJson::of).toList();
    var task =
        Value.object(
            "id",
            "p" + workload.policies(),
            "policies",
            workload.text(),
            "requests",
            new Value.Array(List.copyOf(requests)),
            "samples",
            samples);
    try {
      var out = node.outputWriter(StandardCharsets.UTF_8);
      out.write(Json.text(task));
      out.write('\n');
      out.flush();
      var answer = reader().readLine();
      if (answer == null) {
        throw BenchException.broken("the peer in node failed: see its log");
      }
      return Long.parseLong(answer.substring(0, answer.indexOf(' '))) / 1e3;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private BufferedReader reader() {
    return node.inputReader(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    node.destroy();
  }
}
