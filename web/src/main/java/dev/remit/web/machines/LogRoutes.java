package dev.remit.web.machines;

import dev.remit.core.evidence.LogFiles;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.web.http.Answer;
import dev.remit.web.http.Exchange;
import dev.remit.web.http.Refusal;
import dev.remit.web.http.Route;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code /log/{tenant}/…}: the logs as C2SP tlog-tiles, for registered readers of each.
 *
 * <p>A log that is not the reader's, one that is not there and a file that a log does not have are
 * answered alike.
 */
public final class LogRoutes {

  /** After {@code tile/<level>/}: up to six groups of three digits, and a partial tile's width. */
  private static final int MOST_SEGMENTS = 7;

  private static final String TILE = "application/octet-stream";
  private static final String NOTE = "text/plain; charset=utf-8";

  private final LogFiles logs;
  private final MachineCallers callers;

  public LogRoutes(LogFiles logs, MachineCallers callers) {
    this.logs = logs;
    this.callers = callers;
  }

  /** The routes. */
  public List<Route> routes() {
    var routes = new ArrayList<Route>();
    routes.add(Route.of("GET", "/log/*/checkpoint", this::file));
    var tile = new StringBuilder("/log/*/tile/*");
    for (int segments = 1; segments <= MOST_SEGMENTS; segments++) {
      tile.append("/*");
      routes.add(Route.of("GET", tile.toString(), this::file));
    }
    return List.copyOf(routes);
  }

  private void file(Exchange exchange) {
    var reader = callers.logReaderOf(exchange);
    var tenant = tenant(exchange);
    if (!reader.tenants().contains(tenant)) {
      throw Refusal.notFound();
    }
    var path = exchange.path().substring("/log/".length() + exchange.variable().length() + 1);
    byte[] bytes = logs.read(tenant, path).orElseThrow(Refusal::notFound);
    boolean isCheckpoint = path.equals(LogFiles.CHECKPOINT);
    exchange.send(
        Answer.of(200, isCheckpoint ? NOTE : TILE, bytes)
            // A tile never changes; whoever may read it keeps it for themselves.
            .with(
                "Cache-Control", isCheckpoint ? "no-store" : "private, max-age=604800, immutable"));
  }

  private static TenantId tenant(Exchange exchange) {
    try {
      return new TenantId(exchange.variable());
    } catch (InvalidValueException e) {
      throw Refusal.notFound();
    }
  }
}
