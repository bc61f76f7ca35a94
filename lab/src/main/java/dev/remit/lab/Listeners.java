package dev.remit.lab;

import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** The lab's listeners, all on loopback, one Helidon server; the RMM's is the server's own. */
final class Listeners {
  private static final String FIRST = "rmm";

  private Listeners() {}

  static WebServer start(Ports ports, Map<String, Consumer<HttpRouting.Builder>> routings) {
    var server = WebServer.builder().shutdownHook(false);
    routings.forEach((name, routing) -> {
      int port = ports.of(name);
      if (name.equals(FIRST)) {
        server.update(builder -> common(builder, port)).routing(routing);
      } else {
        server.putSocket(name, socket -> common(socket, port).routing(routing));
      }
    });
    return server.build().start();
  }

  /** Where a listener is. */
  static String url(WebServer server, String name) {
    return "http://127.0.0.1:" + port(server, name);
  }

  static int port(WebServer server, String name) {
    return name.equals(FIRST) ? server.port() : server.port(name);
  }

  private static <B extends ListenerConfig.BuilderBase<B, ?>> B common(B listener, int port) {
    return listener
        .host("127.0.0.1")
        .port(port)
        .maxPayloadSize(1 << 20)
        .shutdownGracePeriod(Duration.ofMillis(200));
  }
}
