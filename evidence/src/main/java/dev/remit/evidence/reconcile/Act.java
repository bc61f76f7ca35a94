package dev.remit.evidence.reconcile;

import java.time.Instant;
import java.util.Set;

/**
 * Something that a vendor's log says was done.
 *
 * @param id in the vendor's log
 * @param principals every name and number by which the log tells who did it; empty for the system
 * @param targets every name and number of what it was done to; empty where the log does not say
 * @param kind the vendor's word for what was done
 * @param words for people
 * @param references names of the work that it was part of: the vendor's own, or a trace that was
 *     handed to the vendor
 */
public record Act(
    String id,
    Instant at,
    Set<String> principals,
    Set<String> targets,
    String kind,
    String words,
    Set<String> references) {
  public Act {
    principals = Set.copyOf(principals);
    targets = Set.copyOf(targets);
    references = Set.copyOf(references);
  }

  /** Of work without a name. */
  Act(
      String id,
      Instant at,
      Set<String> principals,
      Set<String> targets,
      String kind,
      String words) {
    this(id, at, principals, targets, kind, words, Set.of());
  }
}
