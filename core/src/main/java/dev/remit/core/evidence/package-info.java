/** Entries, and the ledger that binds state and entries together. Last stage of the flow. */
@NullMarked
package dev.remit.core.evidence;

import org.jspecify.annotations.NullMarked;
