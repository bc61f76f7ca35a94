package dev.remit.core.evidence;

import dev.remit.core.approval.Proposal;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of the bodies of entries: how long they are kept, what keeps them longer, and their
 * erasure with their salt. Leaves stay for ever.
 *
 * <p>Promises: nothing is erased without an entry in the same commit, and nothing of a tenant while
 * one of its holds is in force; what is erased does not come back.
 */
public interface Bodies {

  /** Nothing is ever erased, and nothing held: for stores without bodies beside their leaves. */
  Bodies KEPT = new Kept();

  /** Bodies of a tenant that stay, whatever a rule or a person says. */
  record Hold(TenantId tenant, String id, String by, String reason, Instant at) {}

  /**
   * Entries side by side in a log, all of them older than a rule.
   *
   * @param bodies how many of them still have one
   */
  record Due(TenantId tenant, long first, long last, long bodies, Instant before) {}

  /** Orders a hold, durably, before it returns. */
  void order(Hold hold, Entry entry);

  /** Holds in force. */
  List<Hold> holds(TenantId tenant);

  /** Lifts a hold and uses the proposal up; false when either is over. */
  boolean lift(String hold, Proposal granted, Instant at, Entry resolution, Entry entry);

  /** The next entries older than this whose bodies may go. */
  Optional<Due> due(TenantId tenant, Instant before, int limit);

  /** Erases them; false when a hold or another process came first. */
  boolean erase(Due due, Entry entry);

  /** Erases the body of one entry and uses the proposal up; false when either is over. */
  boolean erase(String erased, Proposal granted, Entry resolution, Entry entry);

  /** Keeps everything. */
  final class Kept implements Bodies {

    private Kept() {}

    @Override
    public void order(Hold hold, Entry entry) {
      throw new UnsupportedOperationException("nothing is erased here");
    }

    @Override
    public List<Hold> holds(TenantId tenant) {
      return List.of();
    }

    @Override
    public boolean lift(String hold, Proposal granted, Instant at, Entry resolution, Entry entry) {
      return false;
    }

    @Override
    public Optional<Due> due(TenantId tenant, Instant before, int limit) {
      return Optional.empty();
    }

    @Override
    public boolean erase(Due due, Entry entry) {
      return false;
    }

    @Override
    public boolean erase(String erased, Proposal granted, Entry resolution, Entry entry) {
      return false;
    }
  }
}
