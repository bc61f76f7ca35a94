package dev.remit.log;

/**
 * Where hashes of subtrees go when appending completes them.
 *
 * <p>Each place comes exactly once, and within a level from left to right; a parent comes after its
 * children.
 */
@FunctionalInterface
public interface HashSink {
  void completed(NodeId node, Hash hash);
}
