package dev.remit.web.http;

import io.helidon.http.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * The page {@code /metrics} of the machines' listener (Prometheus text format 0.0.4, or OpenMetrics
 * 1.0 where it is asked for).
 *
 * <p>Read with a token of its own, from wherever it comes: behind a proxy every reader is on this
 * machine, so an address proves nothing. The figures are of the whole installation and name no
 * client.
 *
 * @param token what a reader shows
 * @param page the page for an {@code Accept} field
 */
public record Scrape(OperatorToken token, Function<String, Page> page) {

  private static final String CHALLENGE = "Bearer realm=\"metrics\"";

  /**
   * The page.
   *
   * @param mediaType with its version
   * @param text its lines
   */
  public record Page(String mediaType, String text) {}

  /** Its route. */
  public List<Route> routes() {
    return List.of(Route.of("GET", "/metrics", this::answer));
  }

  private void answer(Exchange exchange) {
    if (!token.matches(Bearer.of(exchange, CHALLENGE))) {
      throw Bearer.invalid(CHALLENGE);
    }
    var accept = String.join(",", exchange.headers(HeaderNames.ACCEPT));
    var found = page.apply(accept);
    exchange.send(Answer.of(200, found.mediaType(), found.text().getBytes(StandardCharsets.UTF_8)));
  }
}
