package dev.remit.connectors.mcp;

import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where an upstream MCP server is, from the server's own configuration.
 *
 * @param uri the MCP endpoint
 * @param bearer reads the key that the upstream wants from Remit, where it wants one
 */
public record McpEndpoint(URI uri, Optional<Supplier<String>> bearer) {
  /** Whether connections are encrypted. */
  public boolean isTls() {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  @Override
  public String toString() {
    return "McpEndpoint[" + uri + "]";
  }
}
