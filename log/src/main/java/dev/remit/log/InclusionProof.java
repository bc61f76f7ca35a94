package dev.remit.log;

import java.util.ArrayList;
import java.util.List;

/**
 * The claim that a leaf stands at an index of a tree: the Merkle audit path of RFC 6962 §2.1.1 (RFC
 * 9162 §2.1.3).
 *
 * <p>It may come from anywhere and says nothing until it is held against a head that is trusted.
 * The path goes from the leaf's sibling towards the root.
 */
public record InclusionProof(long index, long treeSize, List<Hash> path) {
  public InclusionProof {
    path = List.copyOf(path);
  }

  /** The proof from stored hashes, read at once; index is below the size. */
  public static InclusionProof create(long index, long treeSize, HashSource source) {
    if (index < 0 || index >= treeSize) {
      throw new IllegalArgumentException("no leaf " + index + " in a tree of " + treeSize);
    }
    List<Subtree> siblings = new ArrayList<>();
    Subtree tree = new Subtree(0, treeSize);
    while (tree.size() > 1) {
      boolean inLeft = index < tree.split();
      siblings.add(inLeft ? tree.right() : tree.left());
      tree = inLeft ? tree.left() : tree.right();
    }
    return new InclusionProof(index, treeSize, Subtree.read(siblings.reversed(), source));
  }

  /** Checks as RFC 9162 §2.1.3.2 says, with no more hashes in the path than the place needs. */
  public Verified<Leaf> verify(Hash leaf, TreeHead head) {
    if (treeSize != head.size()) {
      return Verified.refuted(
          Refutation.SIZE_MISMATCH, "the proof is for a tree of another size than the head's");
    }
    if (index < 0 || index >= treeSize) {
      return Verified.refuted(Refutation.INDEX_OUT_OF_RANGE, "the tree has no leaf at this index");
    }
    long node = index;
    long last = treeSize - 1;
    Hash computed = leaf;
    for (Hash sibling : path) {
      if (last == 0) {
        return Verified.refuted(
            Refutation.PROOF_LENGTH, "the path is longer than the tree is high");
      }
      if ((node & 1) == 1 || node == last) {
        computed = MerkleTree.hashNode(sibling, computed);
        int skipped = Long.numberOfTrailingZeros(node);
        node >>>= skipped;
        last >>>= skipped;
      } else {
        computed = MerkleTree.hashNode(computed, sibling);
      }
      node >>>= 1;
      last >>>= 1;
    }
    if (last != 0) {
      return Verified.refuted(Refutation.PROOF_LENGTH, "the path ends before the root");
    }
    return computed.equals(head.root())
        ? Verified.proven(new Leaf(index, leaf))
        : Verified.refuted(Refutation.ROOT_MISMATCH, "the path leads to another root");
  }
}
