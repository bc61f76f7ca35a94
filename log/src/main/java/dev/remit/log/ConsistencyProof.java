package dev.remit.log;

import java.util.ArrayList;
import java.util.List;

/**
 * The claim that a tree is a prefix of a larger one, so that nothing was changed or taken away: RFC
 * 6962 §2.1.2 (RFC 9162 §2.1.4).
 *
 * <p>It may come from anywhere and says nothing until it is held against two heads. From the empty
 * tree nothing is proven, because every tree begins with it.
 */
public record ConsistencyProof(long olderSize, long newerSize, List<Hash> path) {
  public ConsistencyProof {
    path = List.copyOf(path);
  }

  /** The proof from stored hashes, read at once; sizes are positive and in order. */
  public static ConsistencyProof create(long olderSize, long newerSize, HashSource source) {
    if (olderSize <= 0 || olderSize > newerSize) {
      throw new IllegalArgumentException(
          "no consistency proof leads from size " + olderSize + " to " + newerSize);
    }
    List<Subtree> needed = new ArrayList<>();
    Subtree tree = new Subtree(0, newerSize);
    while (tree.to() != olderSize) {
      boolean endsInLeft = olderSize <= tree.split();
      needed.add(endsInLeft ? tree.right() : tree.left());
      tree = endsInLeft ? tree.left() : tree.right();
    }
    if (tree.from() != 0) {
      needed.add(tree);
    }
    return new ConsistencyProof(olderSize, newerSize, Subtree.read(needed.reversed(), source));
  }

  /**
   * Checks as RFC 9162 §2.1.4.2 says; proven is the newer head, which may be relied on as far as
   * the older one was.
   */
  public Verified<TreeHead> verify(TreeHead older, TreeHead newer) {
    if (olderSize != older.size() || newerSize != newer.size()) {
      return Verified.refuted(
          Refutation.SIZE_MISMATCH, "the proof is for trees of other sizes than the heads'");
    }
    if (olderSize > newerSize) {
      return Verified.refuted(Refutation.SIZES_REVERSED, "the older tree is the larger one");
    }
    if (olderSize == 0) {
      return Verified.refuted(Refutation.EMPTY_TREE, "the empty tree is a prefix of every tree");
    }
    if (olderSize == newerSize) {
      return sameSize(older, newer);
    }
    return new ConsistencyCheck(older, newer).run(path);
  }

  private Verified<TreeHead> sameSize(TreeHead older, TreeHead newer) {
    if (!path.isEmpty()) {
      return Verified.refuted(Refutation.PROOF_LENGTH, "equal sizes need no hashes");
    }
    return older.root().equals(newer.root())
        ? Verified.proven(newer)
        : Verified.refuted(Refutation.FORK, "two heads of one size have different roots");
  }
}
