/**
 * All SQL of Remit: the ledger that binds state and evidence, one small store class per stage, and
 * the log's integrator. An adapter beside the flow; it implements ports of {@code core} and knows
 * no driver.
 *
 * <p>Every statement names its tenant to row security in the round trip in which it reads or
 * writes. What crosses tenants (recovery, deadlines, leases, kills, the inventory) is a function of
 * the owner for that one purpose. Instants are kept to the microsecond and come from the caller.
 */
@NullMarked
package dev.remit.postgres;

import org.jspecify.annotations.NullMarked;
