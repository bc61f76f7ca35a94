package dev.remit.web.machines;

import dev.remit.core.identity.Presented.Scheme;
import dev.remit.core.value.Value;
import dev.remit.web.http.Answer;
import dev.remit.web.http.Exchange;
import dev.remit.web.http.Route;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What a client must know to get a token for this server (RFC 9728), and the challenge that points
 * to it (RFC 9728, section 5.1).
 */
public final class ResourceMetadata {

  private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

  /** What proofs may be signed with (RFC 9728, section 2). */
  private static final List<String> PROOF_ALGORITHMS = List.of("ES256", "EdDSA", "PS256", "RS256");

  private final Optional<URI> publicUrl;
  private final List<String> authorizationServers;

  public ResourceMetadata(Optional<URI> publicUrl, List<String> authorizationServers) {
    this.publicUrl = publicUrl;
    this.authorizationServers = List.copyOf(authorizationServers);
  }

  /** The document for the server as a whole, and the one for its MCP endpoint (section 3.1). */
  public List<Route> routes() {
    return List.of(
        Route.of("GET", WELL_KNOWN, exchange -> send(exchange, "")),
        Route.of("GET", WELL_KNOWN + "/mcp", exchange -> send(exchange, "/mcp")));
  }

  /** Both ways to show a token and the place of the metadata, without an error code. */
  String challenges(Exchange exchange) {
    return challenge(exchange, Scheme.BEARER) + ", " + challenge(exchange, Scheme.DPOP);
  }

  /** One scheme and the place of the metadata, without an error code. */
  String challenge(Exchange exchange, Scheme scheme) {
    String name =
        switch (scheme) {
          case BEARER -> "Bearer ";
          case DPOP -> "DPoP algs=\"" + String.join(" ", PROOF_ALGORITHMS) + "\", ";
        };
    return name + "resource_metadata=\"" + base(exchange) + WELL_KNOWN + "\"";
  }

  /** Where the request went, as a proof of possession names it (RFC 9449, section 4.2). */
  String address(Exchange exchange) {
    return base(exchange) + exchange.path();
  }

  private void send(Exchange exchange, String path) {
    exchange.send(
        Answer.json(
            200,
            Value.object(
                "resource",
                base(exchange) + path,
                "authorization_servers",
                authorizationServers,
                "bearer_methods_supported",
                List.of("header"),
                "dpop_signing_alg_values_supported",
                PROOF_ALGORITHMS,
                "resource_name",
                "Remit")));
  }

  /** The checked host is one of ours, so it may be shown back. */
  String base(Exchange exchange) {
    String scheme = exchange.isSecure() ? "https://" : "http://";
    return publicUrl.map(URI::toString).orElseGet(() -> scheme + exchange.host());
  }
}
