package dev.remit.web.http;

import dev.remit.core.value.InvalidValueException;
import java.time.Duration;

/**
 * How much one listener takes. Zero or less is refused: none of these may mean "no limit".
 *
 * @param bodyBytes the largest request body; more is answered 413
 * @param headerBytes all header lines of a request together
 * @param requestLineBytes method, target and version
 * @param connections open TCP connections; more are not accepted
 * @param concurrentRequests requests being handled; more are answered 503
 * @param bodyWithin how long a body may take to arrive, and an answer to be taken
 * @param stopWithin how long running requests may go on after stop was asked for
 * @param toolsPerPage tools in one page of {@code tools/list}
 */
public record Limits(
    int bodyBytes,
    int headerBytes,
    int requestLineBytes,
    int connections,
    int concurrentRequests,
    Duration bodyWithin,
    Duration stopWithin,
    int toolsPerPage) {

  /** What a server takes unless it is told otherwise. */
  public static final Limits DEFAULT =
      new Limits(
          1024 * 1024,
          16 * 1024,
          4 * 1024,
          1_024,
          256,
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          100);

  public Limits {
    requirePositive("body-bytes", bodyBytes);
    requirePositive("header-bytes", headerBytes);
    requirePositive("request-line-bytes", requestLineBytes);
    requirePositive("connections", connections);
    requirePositive("concurrent-requests", concurrentRequests);
    requirePositive("body-within", bodyWithin.toMillis());
    requirePositive("stop-within", stopWithin.toMillis());
    requirePositive("tools-per-page", toolsPerPage);
  }

  private static void requirePositive(String name, long value) {
    if (value <= 0) {
      throw new InvalidValueException("limit `" + name + "` must be above zero");
    }
  }
}
