package dev.remit.server;

import dev.remit.core.secret.SecretCheck;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
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

  /** Takes the secrets out of what another formatter made. */
  private static final class WithoutSecrets extends Formatter {
    private final Formatter lines;
    private final SecretCheck secrets;

    WithoutSecrets(Formatter lines, SecretCheck secrets) {
      this.lines = lines;
      this.secrets = secrets;
    }

    @Override
    public String format(LogRecord entry) {
      return secrets.clean(lines.format(entry));
    }
  }

  /** From here on no line holds a secret that is live in the server which started last. */
  static void without(SecretCheck secrets) {
    for (var handler : Logger.getLogger("").getHandlers()) {
      var before = handler.getFormatter();
      var lines = before instanceof WithoutSecrets earlier ? earlier.lines : before;
      handler.setFormatter(new WithoutSecrets(lines, secrets));
    }
  }

  static void quiet() {
    System.setProperty(
        "java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tLZ %4$s %3$s %5$s%n");
    QUIET.forEach(logger -> logger.setLevel(Level.SEVERE));
  }
}
