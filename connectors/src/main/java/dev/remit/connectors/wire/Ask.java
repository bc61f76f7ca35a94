package dev.remit.connectors.wire;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request as it will leave.
 *
 * @param headers may hold credentials: never print it
 * @param timeout for the whole exchange, from the first byte sent to the last byte read
 * @param limitBytes how large the answer may be
 */
public record Ask(
    String method,
    URI uri,
    Map<String, String> headers,
    Optional<byte[]> body,
    Duration timeout,
    int limitBytes) {
  public Ask {
    headers = Map.copyOf(headers);
  }

  @Override
  public String toString() {
    return method + " " + uri.getPath();
  }
}
