package dev.remit.connectors.http;

import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where an HTTP system is, from the server's own configuration; never from the workspace.
 *
 * @param baseUri what every declared path stands under
 * @param tokenUri OAuth 2.0 token endpoint (RFC 6749, section 3.2)
 * @param revokeUri revocation endpoint (RFC 7009)
 * @param introspectUri introspection endpoint (RFC 7662); without one, revocation is checked by the
 *     connector's {@code broker.probe} path
 * @param secret reads the client's secret at the moment of use
 */
public record HttpEndpoint(
    URI baseUri,
    URI tokenUri,
    URI revokeUri,
    Optional<URI> introspectUri,
    String clientId,
    Supplier<String> secret) {

  @Override
  public String toString() {
    return "HttpEndpoint[" + baseUri + "]";
  }
}
