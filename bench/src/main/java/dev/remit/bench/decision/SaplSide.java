package dev.remit.bench.decision;

import dev.remit.bench.BenchException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * SAPL's embedded decision point from Maven Central in a JVM of its own, fetched on first use: what
 * it stands on is no part of this build.
 */
final class SaplSide implements AutoCloseable {
  private static final int REQUESTS = 32;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Process peer;
  private final BufferedReader answers;

  private SaplSide(Process peer) {
    this.peer = peer;
    this.answers = peer.inputReader(StandardCharsets.UTF_8);
  }

  static SaplSide start(Path folder) {
    try {
      Files.createDirectories(folder);
      if (!Files.isDirectory(folder.resolve("lib"))) {
        install(folder);
      }
      copy("SaplPeer.java", folder);
      return new SaplSide(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx2g",
                  "-Xss512m", // its canonical index nests as deep as there are policies
                  "-cp",
                  folder.resolve("lib").toAbsolutePath() + "/*",
                  folder.resolve("SaplPeer.java").toAbsolutePath().toString())
              .redirectError(folder.resolve("sapl.log").toFile())
              .start());
    } catch (IOException e) {
      throw BenchException.broken("the peer cannot be started: " + e.getMessage());
    }
  }

  private static void copy(String name, Path folder) throws IOException {
    try (var source = SaplSide.class.getResourceAsStream("sapl/" + name)) {
      if (source == null) {
        throw BenchException.broken("`" + name + "` is missing from the jar");
      }
      Files.write(folder.resolve(name), source.readAllBytes());
    }
  }

  private static void install(Path folder) throws IOException {
    copy("pom.xml", folder);
    var unfinished = folder.resolve("unfinished");
    String maven = System.getenv().getOrDefault("REMIT_MAVEN", "mvn");
    var process =
        new ProcessBuilder(
                maven,
                "-B",
                "-q",
                "-f",
                folder.resolve("pom.xml").toString(),
                "dependency:copy-dependencies",
                "-DoutputDirectory=" + unfinished.toAbsolutePath())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("maven.log").toFile())
            .start();
    try {
      if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw BenchException.broken(
            "maven cannot fetch sapl; see `" + folder.resolve("maven.log") + "`");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BenchException.broken("interrupted");
    }
    Files.move(unfinished, folder.resolve("lib"));
  }

  /** The median in microseconds; every request is permitted, and what must not be is not. */
  double microsP50(Workload workload, int samples) {
    var permitted = new ArrayList<Value>();
    workload.requests(REQUESTS).forEach(request -> permitted.add(SaplPolicies.request(request)));
    var task =
        Value.object(
            "policies",
            Value.texts(SaplPolicies.of(workload)),
            "requests",
            new Value.Array(permitted),
            "refused",
            new Value.Array(List.copyOf(SaplPolicies.refused(workload.request(0)))),
            "samples",
            samples);
    String answer = ask(Json.text(task));
    if (answer.startsWith("error")) {
      throw BenchException.broken("it does not answer like the others: " + answer);
    }
    return Long.parseLong(answer.substring(0, answer.indexOf(' '))) / 1e3;
  }

  private String ask(String task) {
    var answering = new FutureTask<>(answers::readLine);
    try {
      var out = peer.outputWriter(StandardCharsets.UTF_8);
      out.write(task);
      out.write('\n');
      out.flush();
      Thread.ofVirtual().start(answering);
      var answer = answering.get(PATIENCE.toMinutes(), TimeUnit.MINUTES);
      if (answer == null) {
        throw BenchException.broken("it ended: see its log");
      }
      return answer;
    } catch (TimeoutException e) {
      throw BenchException.broken(
          String.format(Locale.ROOT, "no answer within %d minutes", PATIENCE.toMinutes()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BenchException.broken("interrupted");
    } catch (IOException | ExecutionException e) {
      throw BenchException.broken("it failed: see its log");
    }
  }

  @Override
  public void close() {
    peer.destroyForcibly();
  }
}
