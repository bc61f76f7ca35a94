package dev.remit.log;

import java.util.List;

/**
 * The algorithm of RFC 9162 §2.1.4.2 for two sizes that differ: both roots are computed again from
 * one path, beginning at the largest subtree that ends where the older tree ends.
 */
final class ConsistencyCheck {
  private final TreeHead older;
  private final TreeHead newer;
  private long node;
  private long last;

  ConsistencyCheck(TreeHead older, TreeHead newer) {
    this.older = older;
    this.newer = newer;
    int whole = Long.numberOfTrailingZeros(older.size());
    this.node = (older.size() - 1) >>> whole;
    this.last = (newer.size() - 1) >>> whole;
  }

  Verified<TreeHead> run(List<Hash> path) {
    // An older tree whose size is a power of two is itself that first subtree and is left out.
    boolean startsAtRoot = Long.bitCount(older.size()) == 1;
    if (!startsAtRoot && path.isEmpty()) {
      return Verified.refuted(Refutation.PROOF_LENGTH, "the path is empty");
    }
    Hash start = startsAtRoot ? older.root() : path.getFirst();
    return walk(start, startsAtRoot ? path : path.subList(1, path.size()));
  }

  private Verified<TreeHead> walk(Hash start, List<Hash> path) {
    Hash olderRoot = start;
    Hash newerRoot = start;
    for (Hash sibling : path) {
      if (last == 0) {
        return Verified.refuted(
            Refutation.PROOF_LENGTH, "the path is longer than the tree is high");
      }
      if ((node & 1) == 1 || node == last) {
        olderRoot = MerkleTree.hashNode(sibling, olderRoot);
        newerRoot = MerkleTree.hashNode(sibling, newerRoot);
        up(Long.numberOfTrailingZeros(node));
      } else {
        newerRoot = MerkleTree.hashNode(newerRoot, sibling);
      }
      up(1);
    }
    if (last != 0) {
      return Verified.refuted(Refutation.PROOF_LENGTH, "the path ends before the root");
    }
    return olderRoot.equals(older.root()) && newerRoot.equals(newer.root())
        ? Verified.proven(newer)
        : Verified.refuted(Refutation.ROOT_MISMATCH, "the path leads to other roots");
  }

  private void up(int levels) {
    node >>>= levels;
    last >>>= levels;
  }
}
