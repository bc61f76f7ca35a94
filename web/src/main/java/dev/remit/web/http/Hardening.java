package dev.remit.web.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;

/**
 * The one place that turns {@link Limits} into the server's settings, whose defaults are unsafe:
 * every address, no limit on bodies, connections or requests, and half a second to stop.
 *
 * <p>HTTP/1.1 only: no other protocol is on the class path, and none is looked for.
 */
public final class Hardening {

  private Hardening() {}

  /** Applies everything to one listener. */
  public static void apply(
      ListenerConfig.BuilderBase<?, ?> listener,
      String address,
      int port,
      Limits limits,
      Wire wire) {
    listener
        .host(address)
        .port(port)
        .backlog(limits.connections())
        .maxTcpConnections(limits.connections())
        .maxConcurrentRequests(limits.concurrentRequests())
        .maxPayloadSize(limits.bodyBytes())
        .shutdownGracePeriod(limits.stopWithin())
        // An answer of several segments must not wait for the reader's delayed acknowledgement.
        .connectionOptions(options -> options.tcpNoDelay(true))
        .protocolsDiscoverServices(false)
        .addProtocol(http1(limits))
        .directHandlers(directHandlers(wire))
        .routing(HttpRouting.builder().any(wire));
  }

  private static Http1Config http1(Limits limits) {
    return Http1Config.builder()
        .maxHeadersSize(limits.headerBytes())
        .maxPrologueLength(limits.requestLineBytes())
        .validateRequestHeaders(true)
        .validatePath(true)
        .build();
  }

  private static DirectHandlers directHandlers(Wire wire) {
    var handlers = DirectHandlers.builder();
    for (var type : EventType.values()) {
      handlers.addHandler(type, new Shaped(wire));
    }
    return handlers.build();
  }

  /** What the server refuses by itself, in the wire's own form and in our own words. */
  private record Shaped(Wire wire) implements DirectHandler {

    @Override
    public TransportResponse handle(
        TransportRequest request,
        EventType type,
        Status status,
        ServerResponseHeaders headers,
        String message) {
      var answer = wire.shapeOf(request.path()).of(refusal(status.code()));
      var response = TransportResponse.builder();
      wire.standing().forEach((name, value) -> response.header(HeaderNames.create(name), value));
      return response
          .status(Status.create(answer.status()))
          .header(HeaderNames.CONTENT_TYPE, answer.mediaType())
          .header(HeaderNames.CACHE_CONTROL, "no-store")
          .entity(answer.body())
          .keepAlive(false)
          .build();
    }

    private static Refusal refusal(int status) {
      return switch (status) {
        case 404 -> Refusal.notFound();
        case 413 -> new Refusal(413, "content-too-large", "the body is larger than allowed");
        case 414 -> new Refusal(414, "uri-too-long", "the request line is longer than allowed");
        case 501 -> new Refusal(501, "not-implemented", "this transfer encoding is not taken");
        case 503 -> new Refusal(503, "busy", "too many requests at once; try again later");
        default ->
            status < 500
                ? Refusal.badRequest("the request is not well-formed HTTP within our limits")
                : new Refusal(500, "internal", "internal error");
      };
    }
  }
}
