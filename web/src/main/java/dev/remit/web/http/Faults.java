package dev.remit.web.http;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** What is our fault: the cause goes to the log, a random number goes to both sides. */
public final class Faults {

  private static final System.Logger LOG = System.getLogger(Faults.class.getName());

  private final RandomGenerator random;

  public Faults(RandomGenerator random) {
    this.random = random;
  }

  /** Logs the cause and says what the sender may be told. */
  public String report(RuntimeException cause) {
    var number = new byte[8];
    random.nextBytes(number);
    String correlation = HexFormat.of().formatHex(number);
    LOG.log(System.Logger.Level.ERROR, "request failed, correlation " + correlation, cause);
    return "internal error; tell the operator `" + correlation + "`";
  }
}
