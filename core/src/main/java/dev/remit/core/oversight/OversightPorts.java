package dev.remit.core.oversight;

import java.util.function.LongSupplier;

/**
 * What oversight stands on.
 *
 * @param levels the levels in force; of one process, over the same ledger
 * @param draw chooses the share of the low effects
 */
public record OversightPorts(OversightLedger ledger, AutonomySnapshot levels, Draw draw) {

  /** Over this ledger, with the levels read from it again once a second at most. */
  public static OversightPorts over(OversightLedger ledger, Draw draw, LongSupplier nanos) {
    return new OversightPorts(ledger, new AutonomySnapshot(ledger, nanos), draw);
  }
}
