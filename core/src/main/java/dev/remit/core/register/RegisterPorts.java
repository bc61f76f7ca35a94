package dev.remit.core.register;

import java.util.function.LongSupplier;

/**
 * What the register stands on.
 *
 * @param register what is in force; of one process, over the same ledger
 */
public record RegisterPorts(RegisterLedger ledger, Register register, AgentFiles files) {

  /** Over this ledger. */
  public static RegisterPorts over(RegisterLedger ledger, AgentFiles files, LongSupplier nanos) {
    return new RegisterPorts(ledger, new Register(ledger, nanos), files);
  }
}
