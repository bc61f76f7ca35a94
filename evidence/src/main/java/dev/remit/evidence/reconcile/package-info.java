/**
 * Holds a vendor's own log, which the client exported, against a pack: what one of the MSP's
 * principals did without a receipt, and which receipts no act of the vendor's log answers to.
 *
 * <p>{@link dev.remit.evidence.reconcile.VendorLog} reads logs into {@link
 * dev.remit.evidence.reconcile.Act}s, {@link dev.remit.evidence.reconcile.Receipted} is what a pack
 * says of one call, and {@link dev.remit.evidence.reconcile.Reconciliation} pairs them by {@link
 * dev.remit.evidence.reconcile.Rules} that the client wrote. It runs at the client and asks nobody.
 */
@NullMarked
package dev.remit.evidence.reconcile;

import org.jspecify.annotations.NullMarked;
