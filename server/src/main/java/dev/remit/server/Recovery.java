package dev.remit.server;

import dev.remit.core.flow.Drivers;

/** The first look at what an earlier life left behind. */
final class Recovery {

  private Recovery() {}

  /** Leases and intents of an earlier life are looked at before anything new is let in. */
  static void run(Drivers drivers) {
    try {
      drivers.sweeper().tick();
    } catch (RuntimeException e) {
      System.getLogger("dev.remit.server")
          .log(System.Logger.Level.WARNING, "recovery will be tried again: " + e.getMessage());
    }
  }
}
