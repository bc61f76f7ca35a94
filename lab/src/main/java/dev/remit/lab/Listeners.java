package dev.remit.lab;

import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.time.Duration;
import java.util.function.Consumer;

/** The lab's three listeners, all on loopback, one Helidon server. */
final class Listeners {
  private Listeners() {}

  static WebServer start(
      Ports ports,
      Consumer<HttpRouting.Builder> rmm,
      Consumer<HttpRouting.Builder> oidc,
      Consumer<HttpRouting.Builder> control) {
    return WebServer.builder()
        .shutdownHook(false)
        .update(server -> common(server, ports.rmm()))
        .routing(rmm)
        .putSocket("oidc", socket -> common(socket, ports.oidc()).routing(oidc))
        .putSocket("control", socket -> common(socket, ports.control()).routing(control))
        .build()
        .start();
  }

  private static <B extends ListenerConfig.BuilderBase<B, ?>> B common(B listener, int port) {
    return listener
        .host("127.0.0.1")
        .port(port)
        .maxPayloadSize(1 << 20)
        .shutdownGracePeriod(Duration.ofMillis(200));
  }
}
