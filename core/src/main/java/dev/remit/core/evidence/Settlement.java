package dev.remit.core.evidence;

import dev.remit.core.call.CallId;
import dev.remit.core.execution.Outcome;
import dev.remit.core.lease.LeaseId;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.Optional;

/**
 * The outcome of an intent, and what became of its own lease.
 *
 * @param endedLease the lease proven gone with it; absent when revocation has to go on
 * @param reader the task that is told words of outsiders by this outcome: before anybody is
 *     answered, the task is marked, and no later intent commits on a decision that did not know
 */
public record Settlement(
    CallId call,
    TenantId tenant,
    Outcome outcome,
    Optional<LeaseId> endedLease,
    Optional<TaskId> reader,
    Instant at,
    Entry entry) {}
