package dev.remit.postgres;

import java.time.Duration;

/**
 * The clock shows an earlier time than a checkpoint that is signed already, by more than clocks may
 * differ. The log goes on; deadlines and ages cannot be believed until people looked.
 */
public final class ClockWentBackException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  ClockWentBackException(Duration by) {
    super(
        "the clock went back by "
            + by.toSeconds()
            + " s behind the newest checkpoint: set it right on this machine");
  }
}
