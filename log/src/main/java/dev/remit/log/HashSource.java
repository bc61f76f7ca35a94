package dev.remit.log;

import java.util.List;

/**
 * Where stored hashes of complete subtrees are read: a table, tiles, memory.
 *
 * <p>Proofs ask once for all they need, so that a database answers in one round trip.
 */
@FunctionalInterface
public interface HashSource {
  /**
   * The hashes at the given places, in the given order, none missing.
   *
   * @throws java.util.NoSuchElementException when one is not stored
   */
  List<Hash> read(List<NodeId> nodes);
}
