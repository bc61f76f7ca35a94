package dev.remit.log;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * All hashes of a tree in memory: for proofs over a pack that fits, and for tests.
 *
 * <p>Grows by two hashes for each leaf. Not for use by several threads at once.
 */
public final class MemoryHashes implements HashSource, HashSink {
  private final List<List<Hash>> levels = new ArrayList<>();

  @Override
  public void completed(NodeId node, Hash hash) {
    while (levels.size() <= node.level()) {
      levels.add(new ArrayList<>());
    }
    List<Hash> level = levels.get(node.level());
    if (level.size() != node.index()) {
      throw new IllegalStateException("hashes of a level come from left to right");
    }
    level.add(hash);
  }

  @Override
  public List<Hash> read(List<NodeId> nodes) {
    return nodes.stream().map(this::at).toList();
  }

  private Hash at(NodeId node) {
    if (node.level() >= levels.size() || node.index() >= levels.get(node.level()).size()) {
      throw new NoSuchElementException("no hash is stored at " + node);
    }
    return levels.get(node.level()).get((int) node.index());
  }
}
