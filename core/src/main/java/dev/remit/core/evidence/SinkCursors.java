package dev.remit.core.evidence;

import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * How far each sink of events has got in each tenant's log, for all replicas.
 *
 * <p>Promises: a cursor only grows, and moves only from where its mover thought it was; at most one
 * process has the turn, and one that lost its connection lost the turn with it.
 */
public interface SinkCursors {

  /**
   * What a sink has still to send.
   *
   * @param next the index of the first leaf that was not acknowledged
   * @param size of the log, more than {@code next}
   * @param since when the entry at {@code next} was written
   */
  record Work(TenantId tenant, long next, long size, Instant since) {}

  /** Logs that the sink is behind, by tenant; no tenants named means all of them. */
  List<Work> work(String sink, Set<TenantId> tenants);

  /** Moves the cursor; false when it was not at {@code from}. */
  boolean advance(String sink, TenantId tenant, long from, long to, Instant at);

  /** Whether this process is the one that sends; takes the turn if it is free. */
  boolean isOurTurn();
}
