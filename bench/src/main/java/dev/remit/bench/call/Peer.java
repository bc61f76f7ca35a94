package dev.remit.bench.call;

import dev.remit.bench.BenchException;
import dev.remit.bench.load.McpClient;
import dev.remit.bench.process.Companion;
import dev.remit.bench.process.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The npm package {@code mcp-proxy} in front of the same upstream, with what makes it fastest: one
 * server type, no event store.
 */
final class Peer implements AutoCloseable {

  private static final String PACKAGE = "mcp-proxy";
  private static final String VERSION = "6.7.19";
  private static final Duration START = Duration.ofSeconds(20);

  private final Companion process;
  private final URI uri;

  private Peer(Companion process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  /** Installs it if it is not there, and starts it before this stdio server. */
  static Peer start(Path folder, Path logs, List<String> upstream) {
    Path script = folder.resolve("node_modules/" + PACKAGE + "/dist/bin/mcp-proxy.mjs");
    if (!Files.exists(script)) {
      install(folder);
    }
    int port = freePort();
    var command =
        new ArrayList<>(
            List.of(
                "node",
                script.toString(),
                "--server",
                "stream",
                "--no-eventStore",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--"));
    command.addAll(upstream);
    var process = Companion.start(PACKAGE, command, logs);
    var uri = URI.create("http://127.0.0.1:" + port + "/mcp");
    Patience.until(
        PACKAGE + " does not answer; see its log in `" + logs + "`",
        START,
        Duration.ofMillis(100),
        () -> {
          McpClient.open(uri, Optional.empty()).close();
          return Optional.of(true);
        });
    return new Peer(process, uri);
  }

  URI uri() {
    return uri;
  }

  private static void install(Path folder) {
    try {
      Files.createDirectories(folder);
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
      if (!npm.waitFor(2, TimeUnit.MINUTES) || npm.exitValue() != 0) {
        npm.destroyForcibly();
        throw BenchException.broken(
            "npm cannot install " + PACKAGE + "; see `" + folder.resolve("npm.log") + "`");
      }
    } catch (IOException e) {
      throw BenchException.broken("the peer needs node and npm: install Node 20 or newer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BenchException.broken("interrupted");
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw BenchException.broken("no free port on loopback");
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
