package dev.remit.log;

import java.util.ArrayList;
import java.util.List;

/**
 * The leaves {@code from} to {@code to} (exclusive) as they appear in the recursive definitions of
 * RFC 6962 §2.1: {@code MTH(D[from:to])}, where only the right edge can be incomplete.
 */
record Subtree(long from, long to) {

  long size() {
    return to - from;
  }

  /** The RFC's k: the largest power of two smaller than the size, which is at least two. */
  long split() {
    return from + Long.highestOneBit(size() - 1);
  }

  Subtree left() {
    return new Subtree(from, split());
  }

  Subtree right() {
    return new Subtree(split(), to);
  }

  /** Reads all nodes of all subtrees at once and gives one hash for each subtree. */
  static List<Hash> read(List<Subtree> subtrees, HashSource source) {
    List<NodeId> nodes = new ArrayList<>();
    for (Subtree subtree : subtrees) {
      nodes.addAll(subtree.completeParts());
    }
    List<Hash> hashes = nodes.isEmpty() ? List.of() : source.read(List.copyOf(nodes));
    if (hashes.size() != nodes.size()) {
      throw new IllegalStateException("the hash source gave another number of hashes than asked");
    }
    List<Hash> roots = new ArrayList<>();
    int next = 0;
    for (Subtree subtree : subtrees) {
      int parts = subtree.completeParts().size();
      roots.add(join(hashes.subList(next, next + parts)));
      next += parts;
    }
    return List.copyOf(roots);
  }

  /** From left to right; each is as large as its place and the rest allow. */
  private List<NodeId> completeParts() {
    List<NodeId> parts = new ArrayList<>();
    long at = from;
    while (at < to) {
      int level = Math.min(Long.numberOfTrailingZeros(at), 63 - Long.numberOfLeadingZeros(to - at));
      parts.add(new NodeId(level, at >>> level));
      at += 1L << level;
    }
    return parts;
  }

  private static Hash join(List<Hash> parts) {
    Hash joined = parts.getLast();
    for (Hash part : parts.reversed().subList(1, parts.size())) {
      joined = MerkleTree.hashNode(part, joined);
    }
    return joined;
  }
}
