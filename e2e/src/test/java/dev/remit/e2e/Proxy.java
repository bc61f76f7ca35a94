package dev.remit.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** haproxy with the configuration that the documentation shows; only its ports are others. */
final class Proxy implements AutoCloseable {

  private static final Path SHOWN = Home.SOURCE.resolve("docs/operating/haproxy.cfg");

  private final Child process;
  private final int port;

  private Proxy(Child process, int port) {
    this.process = process;
    this.port = port;
  }

  /** The Debian package's program, which is not on everybody's path. */
  static boolean isThere() {
    return Files.isExecutable(Path.of("/usr/sbin/haproxy"));
  }

  static Proxy before(Server one, Server two) {
    var folder = Home.fresh("haproxy");
    int machines = freePort();
    try {
      var config =
          Files.readString(SHOWN)
              .replace("127.0.0.1:8470", "127.0.0.1:" + machines)
              .replace("127.0.0.1:8471", "127.0.0.1:" + freePort())
              .replace("8472", port(one.machines()))
              .replace("8473", port(one.peopleUrl()))
              .replace("8474", port(two.machines()))
              .replace("8475", port(two.peopleUrl()));
      var file = Files.writeString(folder.resolve("haproxy.cfg"), config);
      var command = List.of("/usr/sbin/haproxy", "-db", "-f", file.toString());
      var proxy = new Proxy(Child.start(command, folder.resolve("haproxy.log")), machines);
      Eventually.holds("haproxy serves", Duration.ofSeconds(10), proxy::isReady);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isReady() {
    if (!process.isAlive()) {
      throw new AssertionError(process.output());
    }
    try {
      return Http.get(machines() + "/health/ready", "").status() == 200;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static String port(String url) {
    return Integer.toString(URI.create(url).getPort());
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The machines' listener as clients see it. */
  String machines() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.close();
  }
}
