package dev.remit.core.oversight;

import dev.remit.core.approval.Proposal;
import dev.remit.core.call.CallId;
import dev.remit.core.evidence.Entry;
import dev.remit.core.identity.PersonId;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The store of items, tallies and levels; each change commits together with its entries.
 *
 * <p>Items and tallies follow from the committed log: {@link #advance} stores what a stretch of it
 * gives and moves past it in one step, so that nothing is lost or made twice whatever dies.
 */
public interface OversightLedger {

  /**
   * All stored levels with their rows' revisions. A row that does not hold comes as {@link
   * Standing#unreadable}.
   */
  List<Standing> standings();

  /** The revision of the last change of each level that the logs tell of. */
  Map<AutonomyScope, Long> told();

  /** Logs that were not read to their end, and where reading goes on; at most {@code limit}. */
  List<Position> behind(int limit);

  /** The next events of a log, at most {@code leaves} leaves further. */
  Reading read(Position from, int leaves);

  /**
   * Stores what a stretch of a log gives and moves past it.
   *
   * @return false, and nothing was done, when somebody else has moved or a level has changed
   */
  boolean advance(Position from, Reading reading, Gains gains);

  /** The tallies of one tenant. One that does not hold is absent. */
  List<Tally> tallies(TenantId tenant);

  /** How far the log of a tenant was read: the next leaf's index. */
  Position position(TenantId tenant);

  /** Open items of a tenant, the one that is due first coming first. */
  List<Item> open(TenantId tenant, Optional<Place> after, int limit);

  /** The item of this call; empty also when its row does not hold. */
  Optional<Item> find(TenantId tenant, CallId call);

  /** Open items of all tenants that were due by then and lowered nothing yet, oldest first. */
  List<Item> overdue(Instant dueBy, int limit);

  /** How many open items of these tenants were due by then. */
  List<Waiting> waiting(Set<TenantId> tenants, Instant at);

  /**
   * Marks overdue items as counted and lowers what they lower.
   *
   * @return false, and nothing was done, when one of them is not open any more or a level has
   *     changed
   */
  boolean count(List<Item> items, List<Change> changes);

  /** Stores the verdict on all of these items, or on none; notes the key's counter. */
  Given certify(Verdicts verdicts);

  /**
   * Consumes the open proposal and raises the level.
   *
   * @return false, and nothing was done, when it is not open any more or the level has changed
   */
  boolean promote(Proposal proposal, Entry resolution, Change change);

  /** Where reading a log goes on. */
  record Position(TenantId tenant, long next) {}

  /** What was read, and where it ended. */
  record Reading(long next, List<Event> events) {
    public Reading {
      events = List.copyOf(events);
    }
  }

  /** What a stretch of a log gives: tallies replace the stored ones. */
  record Gains(List<Item> items, List<Tally> tallies, List<Change> changes) {
    public Gains {
      items = List.copyOf(items);
      tallies = List.copyOf(tallies);
      changes = List.copyOf(changes);
    }
  }

  /** Where a page of open items ended. */
  record Place(Instant dueAt, CallId call) {}

  /**
   * Open items of one tenant.
   *
   * @param open all of them
   * @param overdue those past their time
   */
  record Waiting(TenantId tenant, long open, long overdue) {}

  /**
   * One gesture.
   *
   * @param calls in the order that was signed; entries tell of each, in the same order
   * @param counter as the signature said it, held to the same rule as an answer's
   * @param changes what an objection lowers
   */
  record Verdicts(
      TenantId tenant,
      List<CallId> calls,
      boolean isObjection,
      PersonId person,
      String credential,
      long counter,
      Instant at,
      List<Entry> entries,
      List<Change> changes) {
    public Verdicts {
      calls = List.copyOf(calls);
      entries = List.copyOf(entries);
      changes = List.copyOf(changes);
    }
  }

  /** What became of a gesture. */
  enum Given {
    DONE,
    /** One of them is not open any more. */
    CLOSED,
    /** The key is not live, not this person's, or its counter went back. */
    KEY_REFUSED,
    /** A level has changed meanwhile: put it together again. */
    CHANGED
  }
}
