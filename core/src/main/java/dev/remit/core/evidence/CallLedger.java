package dev.remit.core.evidence;

import dev.remit.core.call.CallId;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.lease.Lease;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Binds effects to evidence: nothing is sent before {@link #admit} said so, and every admitted
 * intent gets exactly one first outcome.
 *
 * <p>{@code admit} and {@code settle} are one round trip each and durable when they return. Both
 * throw an unchecked exception when the database is away; then nothing may be sent.
 */
public interface CallLedger {

  /**
   * Appends the intent, stores its lease, consumes its approval and counts it, all or nothing, and
   * only if the task is open, no kill covers it, and policy version, target versions and approval
   * are as decided.
   */
  Admission admit(Intent intent);

  /** Writes the outcome; a second one becomes a resolution linked to the first. */
  Settled settle(Settlement settlement);

  /**
   * Counts a refused call in the rates that count those; returns when it is durable. It never
   * refuses, so counts may pass their limits.
   */
  void attempted(Attempt attempt);

  /** Intents without outcome whose time is over for this replica: see {@link Intent}. */
  List<Unsettled> unsettled(String replica, Instant ownSentBefore, Instant othersSettledBefore);

  /**
   * Calls of these tenants whose outcome is unknown and about which nothing was found out later;
   * the oldest first.
   */
  List<Unknown> unknown(Set<TenantId> tenants, int limit);

  /** A call that may have happened. */
  record Unknown(CallId call, TenantId tenant, Optional<String> task, Instant at) {}

  /** The answer to {@link #admit}. */
  sealed interface Admission {}

  /** It is durable; go on. */
  record Admitted() implements Admission {}

  /** The same call was made a moment ago; its answer is the answer. */
  record Joined(CallId first) implements Admission {}

  /** A condition does not hold and deciding again cannot help. */
  record Refused(ReasonCode reason) implements Admission {}

  /** Policy or a target changed since the decision; decide again. */
  record Changed(String what) implements Admission {}

  /** The answer to {@link #settle}. */
  enum Settled {
    FIRST,
    LATE
  }

  /** An intent that was left behind. */
  record Unsettled(
      CallId call, TenantId tenant, Optional<String> task, Optional<Lease> lease, Instant sendBy) {}
}
