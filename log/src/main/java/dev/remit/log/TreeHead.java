package dev.remit.log;

/**
 * A tree's size and its root: what a checkpoint says about a log (RFC 6962 §2.1, C2SP
 * tlog-checkpoint "Note text").
 *
 * <p>The size is counted in leaves and never negative; the tree of size zero has the one root that
 * RFC 6962 gives it. A head alone proves nothing: somebody has to have signed it.
 */
public record TreeHead(long size, Hash root) {
  /** The head of the log before its first entry. */
  public static final TreeHead EMPTY = new TreeHead(0, MerkleTree.emptyRoot());

  public TreeHead {
    if (size < 0) {
      throw new InvalidLogDataException("a tree's size is not negative");
    }
    if (size == 0 && !root.equals(MerkleTree.emptyRoot())) {
      throw new InvalidLogDataException("the root of an empty tree is the hash of nothing");
    }
  }
}
