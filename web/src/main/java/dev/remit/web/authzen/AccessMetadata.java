package dev.remit.web.authzen;

import dev.remit.core.value.Value;
import dev.remit.web.http.Answer;
import dev.remit.web.http.Exchange;
import dev.remit.web.http.Refusal;
import dev.remit.web.http.Route;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The metadata of the decision point, and of each tenant's (AuthZEN 1.0, policy decision point
 * metadata). It says where, not whether: a name of no tenant is answered like any other.
 *
 * <p>The identifier is {@code https} where the configured public URL is; without one it is what the
 * request's checked {@code Host} says, over plain HTTP, which the specification does not allow
 * beyond one machine.
 */
public final class AccessMetadata {

  private static final String WELL_KNOWN = "/.well-known/authzen-configuration";

  private final Optional<URI> publicUrl;

  public AccessMetadata(Optional<URI> publicUrl) {
    this.publicUrl = publicUrl;
  }

  /** The document of the server as a whole, and those of tenants. */
  public List<Route> routes() {
    return List.of(
        Route.of("GET", WELL_KNOWN, exchange -> send(exchange, "")),
        Route.of(
            "GET",
            WELL_KNOWN + "/tenants/*",
            exchange -> {
              if (!exchange.variable().matches("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")) {
                throw Refusal.notFound();
              }
              send(exchange, "/tenants/" + exchange.variable());
            }));
  }

  private void send(Exchange exchange, String path) {
    String point = base(exchange) + path;
    String access = point + AccessRoutes.PATH;
    exchange.send(
        Answer.json(
            200,
            Value.object(
                "policy_decision_point", point,
                "access_evaluation_endpoint", access + "/evaluation",
                "access_evaluations_endpoint", access + "/evaluations",
                "search_subject_endpoint", access + "/search/subject",
                "search_resource_endpoint", access + "/search/resource",
                "search_action_endpoint", access + "/search/action")));
  }

  private String base(Exchange exchange) {
    return publicUrl
        .map(URI::toString)
        .map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url)
        .orElseGet(() -> "http://" + exchange.host());
  }
}
