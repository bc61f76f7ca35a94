package dev.remit.web.http;

import dev.remit.core.value.Value;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Liveness and readiness. Readiness is about this process and its database only: a vendor or policy
 * being away never takes a replica out of service.
 */
public final class Health {

  private Health() {}

  /** The two routes. */
  public static List<Route> routes(BooleanSupplier isReady) {
    return List.of(
        Route.of(
            "GET",
            "/health/live",
            exchange -> exchange.send(Answer.json(200, Value.object("status", "live")))),
        Route.of("GET", "/health/ready", exchange -> exchange.send(readiness(isReady))));
  }

  private static Answer readiness(BooleanSupplier isReady) {
    return isReady.getAsBoolean()
        ? Answer.json(200, Value.object("status", "ready"))
        : Answer.json(503, Value.object("status", "not-ready"));
  }
}
