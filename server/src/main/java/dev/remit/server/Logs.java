package dev.remit.server;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What goes to the log: what operators can act on, one line each. */
final class Logs {

  /** Kept here: loggers that nobody holds are forgotten together with their level. */
  private static final List<Logger> QUIET =
      List.of(
          // A hostile client would otherwise write a stack trace with every half-sent header.
          Logger.getLogger("io.helidon.webserver"),
          Logger.getLogger("io.helidon.common.features"),
          Logger.getLogger("com.zaxxer.hikari"));

  private Logs() {}

  static void quiet() {
    System.setProperty(
        "java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tLZ %4$s %3$s %5$s%n");
    QUIET.forEach(logger -> logger.setLevel(Level.SEVERE));
  }
}
