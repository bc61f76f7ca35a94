package dev.remit.e2e;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One server with its people for the tests of what people do, started once in a run. Its events go
 * to two receivers: one that never answers, and one that refuses.
 *
 * @param operator works on tasks and has no key
 */
record Office(Estate estate, People people, Person overseer, Person operator) {

  /** Takes connections and says nothing. */
  static final String DEAF = "deaf";

  /** Answers that it is broken. */
  static final String SOUR = "sour";

  private static @Nullable Office shared;

  /** The one of this run. */
  static synchronized Office shared() {
    var known = shared;
    if (known == null) {
      var estate = Estate.shared().withSinks(Map.of(DEAF, silent(), SOUR, refusing()), "office");
      var people = People.gather(estate);
      known =
          new Office(
              estate,
              people,
              People.join(estate, people.administrator(), "overseers"),
              People.visitor(estate, "technicians"));
      shared = known;
    }
    return known;
  }

  Server server() {
    return estate.server();
  }

  /** The system itself takes connections for as long as this JVM lives. */
  private static URI silent() {
    try {
      var socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> close(socket)));
      return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URI refusing() {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
          });
      server.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(0)));
      return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
