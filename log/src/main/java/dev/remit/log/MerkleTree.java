package dev.remit.log;

import java.security.MessageDigest;
import java.util.Iterator;
import java.util.List;

/**
 * The hashing of a Merkle tree as RFC 6962 §2.1 (and RFC 9162 §2.1.1) defines it, with SHA-256.
 *
 * <p>Leaves and nodes are told apart by a first byte, so that no interior node can pass for an
 * entry. Duplicate entries are allowed; the tree is not sorted.
 */
public final class MerkleTree {
  private static final byte LEAF = 0x00;
  private static final byte NODE = 0x01;
  private static final Hash EMPTY_ROOT = Hash.owning(Sha256.digest().digest());

  private MerkleTree() {}

  /** The root of the tree without leaves: the hash of nothing. */
  public static Hash emptyRoot() {
    return EMPTY_ROOT;
  }

  /** {@code SHA-256(0x00 || entry)}. */
  public static Hash hashLeaf(byte[] entry) {
    return hashLeaf(entry, 0, entry.length);
  }

  /** As {@link #hashLeaf(byte[])}, for an entry inside a larger buffer. */
  public static Hash hashLeaf(byte[] buffer, int offset, int lengthBytes) {
    MessageDigest digest = Sha256.digest();
    digest.update(LEAF);
    digest.update(buffer, offset, lengthBytes);
    return Hash.owning(digest.digest());
  }

  /** {@code SHA-256(0x01 || left || right)}. */
  public static Hash hashNode(Hash left, Hash right) {
    MessageDigest digest = Sha256.digest();
    digest.update(NODE);
    left.addTo(digest);
    right.addTo(digest);
    return Hash.owning(digest.digest());
  }

  /** The head over all given leaf hashes, read once, in memory that does not grow with them. */
  public static TreeHead head(Iterator<Hash> leaves) {
    Frontier frontier = new Frontier();
    while (leaves.hasNext()) {
      frontier.append(leaves.next());
    }
    return frontier.head();
  }

  /** The head that the log had at a size, from stored hashes, in one read. */
  public static TreeHead head(long size, HashSource source) {
    if (size == 0) {
      return TreeHead.EMPTY;
    }
    return new TreeHead(size, Subtree.read(List.of(new Subtree(0, size)), source).getFirst());
  }
}
