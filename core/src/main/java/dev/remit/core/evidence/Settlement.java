package dev.remit.core.evidence;

import dev.remit.core.call.CallId;
import dev.remit.core.execution.Outcome;
import dev.remit.core.lease.LeaseId;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.Optional;

/**
 * The outcome of an intent, and what became of its own lease.
 *
 * @param endedLease the lease proven gone with it; absent when revocation has to go on
 */
public record Settlement(
    CallId call,
    TenantId tenant,
    Outcome outcome,
    Optional<LeaseId> endedLease,
    Instant at,
    Entry entry) {}
