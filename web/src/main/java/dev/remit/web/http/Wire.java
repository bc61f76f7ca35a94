package dev.remit.web.http;

import dev.remit.core.evidence.StoreUnavailableException;
import dev.remit.core.release.Releases;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One listener's way in: host and origin first, then the route, then the endpoint; and its one
 * mapper of errors.
 *
 * <p>Promises: whatever goes wrong, the sender gets this wire's own error and no word of our code;
 * what is our fault carries a random number that stands in the log beside the cause.
 */
public final class Wire implements Handler {

  private final HostRule hosts;
  private final List<Route> routes;
  private final Limits limits;
  private final Patience patience;
  private final Faults faults;
  private final Map<String, String> standing;

  /**
   * @param standing header fields of every answer on this listener, refusals included
   */
  public Wire(
      HostRule hosts,
      List<Route> routes,
      Limits limits,
      Pulse pulse,
      Faults faults,
      Map<String, String> standing) {
    this.hosts = hosts;
    this.routes = List.copyOf(routes);
    this.limits = limits;
    this.patience = new Patience(pulse, Pulse.beats(limits.bodyWithin()));
    this.faults = faults;
    this.standing = Map.copyOf(standing);
  }

  /** Header fields of every answer on this listener. */
  Map<String, String> standing() {
    return standing;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    String path = request.prologue().uriPath().rawPath();
    var exchange = new Exchange(request, response, List.of(), limits, patience, standing);
    var shape = shapeOf(path);
    try {
      requireOurHost(exchange);
      var route = route(request.prologue().method().text(), path);
      shape = route.shape();
      var variables = route.match(path).orElseThrow();
      exchange = new Exchange(request, response, variables, limits, patience, standing);
      route.endpoint().handle(exchange);
    } catch (Refusal refusal) {
      fail(exchange, shape, refusal, refusal);
    } catch (RequestException | CloseConnectionException e) {
      throw e; // the server's own: a broken or closed connection
    } catch (StoreUnavailableException e) {
      fail(
          exchange,
          shape,
          new Refusal(
              503, "evidence-unavailable", "the server's store is away; try again in a moment"),
          e);
    } catch (Releases.PolicyUnavailableException e) {
      fail(
          exchange,
          shape,
          new Refusal(503, "policy-unavailable", "no policy version can be had just now"),
          e);
    } catch (RuntimeException e) {
      fail(exchange, shape, new Refusal(500, "internal", faults.report(e)), e);
    }
    exchange.closeIfDue();
  }

  /** The form of refusals under this path, for what the server refuses before it reaches us. */
  ErrorShape shapeOf(String path) {
    for (var route : routes) {
      if (route.match(path).isPresent()) {
        return route.shape();
      }
    }
    return Problem.SHAPE;
  }

  private void requireOurHost(Exchange exchange) {
    String host = exchange.header(HeaderNames.HOST).orElse("");
    if (!hosts.allowsHost(host)) {
      throw new Refusal(403, "host-not-allowed", "this `Host` is not on the server's list");
    }
    if (!hosts.allowsOrigin(exchange.header(HeaderNames.ORIGIN), host)) {
      throw new Refusal(403, "origin-not-allowed", "this `Origin` is not on the server's list");
    }
  }

  private Route route(String method, String path) {
    var allowed = new TreeSet<String>();
    Optional<Route> found = Optional.empty();
    for (var route : routes) {
      if (route.match(path).isPresent()) {
        allowed.add(route.method());
        found = found.isEmpty() && route.method().equals(method) ? Optional.of(route) : found;
      }
    }
    if (allowed.isEmpty()) {
      throw Refusal.notFound();
    }
    String allow = String.join(", ", allowed);
    return found.orElseThrow(() ->
        new Refusal(405, "method-not-allowed", "use " + allow + " here", Map.of("Allow", allow)));
  }

  private static void fail(
      Exchange exchange, ErrorShape shape, Refusal told, RuntimeException cause) {
    if (exchange.isAnswered()) {
      throw new CloseConnectionException("failed after the answer had begun", cause);
    }
    exchange.send(shape.of(told));
  }
}
