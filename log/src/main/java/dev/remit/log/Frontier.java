package dev.remit.log;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The right edge of a growing tree: all that is needed to append leaves and to know the root (RFC
 * 6962 §2.1).
 *
 * <p>Holds one hash for each bit that is set in the size, so at most 63 whatever the size. Its
 * stored form carries no signature: whoever loads it compares {@link #head()} with a checkpoint
 * before going on. Not for use by several threads at once.
 */
public final class Frontier {
  // INVARIANT: edge[level] is set exactly where the bit `level` of size is.
  private final @Nullable Hash[] edge = new @Nullable Hash[63];
  private long size;

  /** The frontier of the empty tree. */
  public Frontier() {}

  public long size() {
    return size;
  }

  public void append(Hash leaf) {
    append(leaf, (node, hash) -> {});
  }

  /** Appends and gives the sink the leaf and every subtree that it completes. */
  public void append(Hash leaf, HashSink sink) {
    if (size == Long.MAX_VALUE) {
      throw new IllegalStateException("the log is full");
    }
    Hash carried = leaf;
    int level = 0;
    sink.completed(new NodeId(0, size), carried);
    for (Hash left = edge[0]; left != null; left = edge[level]) {
      carried = MerkleTree.hashNode(left, carried);
      edge[level++] = null;
      sink.completed(new NodeId(level, size >>> level), carried);
    }
    edge[level] = carried;
    size++;
  }

  /**
   * Appends a complete subtree of two to the {@code level} leaves of which only the hash is known.
   *
   * @throws IllegalStateException unless the size is a multiple of its leaves
   */
  public void appendSubtree(int level, Hash root, HashSink sink) {
    long leaves = 1L << level;
    if (level < 0 || level > 61 || size % leaves != 0 || size > Long.MAX_VALUE - leaves) {
      throw new IllegalStateException("a subtree of level " + level + " has no place at " + size);
    }
    Hash carried = root;
    int at = level;
    sink.completed(new NodeId(at, size >>> at), carried);
    for (Hash left = edge[at]; left != null; left = edge[at]) {
      carried = MerkleTree.hashNode(left, carried);
      edge[at++] = null;
      sink.completed(new NodeId(at, size >>> at), carried);
    }
    edge[at] = carried;
    size += leaves;
  }

  /** The head at this moment; appending can go on after it. */
  public TreeHead head() {
    @Nullable Hash root = null;
    for (Hash part : edge) {
      if (part != null) {
        root = root == null ? part : MerkleTree.hashNode(part, root);
      }
    }
    return root == null ? TreeHead.EMPTY : new TreeHead(size, root);
  }

  /** A frontier of its own with the same state. */
  public Frontier copy() {
    Frontier copy = new Frontier();
    System.arraycopy(edge, 0, copy.edge, 0, edge.length);
    copy.size = size;
    return copy;
  }

  /** The size as eight bytes, big end first, then the hashes from left to right. */
  public byte[] toBytes() {
    ByteBuffer out = ByteBuffer.allocate(Long.BYTES + Long.bitCount(size) * Hash.SIZE_BYTES);
    out.putLong(size);
    for (int level = edge.length - 1; level >= 0; level--) {
      Hash part = edge[level];
      if (part != null) {
        out.put(part.toBytes());
      }
    }
    return out.array();
  }

  /** Reads what {@link #toBytes()} wrote, of exactly the length that its size asks for. */
  public static Frontier fromBytes(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length < Long.BYTES) {
      throw new InvalidLogDataException("the stored frontier is cut short");
    }
    Frontier frontier = new Frontier();
    frontier.size = in.getLong();
    if (frontier.size < 0 || in.remaining() != Long.bitCount(frontier.size) * Hash.SIZE_BYTES) {
      throw new InvalidLogDataException("the stored frontier has the wrong length for its size");
    }
    for (int level = frontier.edge.length - 1; level >= 0; level--) {
      if ((frontier.size >>> level & 1) == 1) {
        byte[] hash = new byte[Hash.SIZE_BYTES];
        in.get(hash);
        frontier.edge[level] = Hash.owning(hash);
      }
    }
    return frontier;
  }
}
