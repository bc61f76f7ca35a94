package dev.remit.log;

/**
 * The place of a complete subtree: level 0 are the leaves, and index counts from the left within a
 * level. It covers the leaves {@code index << level} to {@code (index + 1) << level}.
 *
 * <p>A complete subtree never changes once its last leaf is appended, so its hash can be stored and
 * cached for ever. Every eighth level holds the hashes that C2SP tlog-tiles ("Merkle Tree") serves.
 */
public record NodeId(int level, long index) {
  public NodeId {
    if (level < 0 || level > 62 || index < 0 || index > (Long.MAX_VALUE >>> level)) {
      throw new IllegalArgumentException("no such place in a tree: " + level + ", " + index);
    }
  }
}
