package dev.remit.log.tile;

import dev.remit.log.Hash;
import dev.remit.log.HashSource;
import dev.remit.log.MerkleTree;
import dev.remit.log.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * The hashes of a log of one size, from its tiles (C2SP tlog-tiles "Merkle Tree").
 *
 * <p>Levels between those of the tiles are hashed from the tile below. A partial tile that is gone
 * is taken from the full one, as the specification allows. Each tile is fetched once in one read.
 * What it gives is only as true as the tiles: a proof made of it has to be verified.
 */
public final class TileHashes implements HashSource {
  private final long size;
  private final TileSource tiles;

  /**
   * @param size of a checkpoint that was verified; no tile beyond it is asked for
   */
  public TileHashes(long size, TileSource tiles) {
    this.size = size;
    this.tiles = tiles;
  }

  @Override
  public List<Hash> read(List<NodeId> nodes) {
    Map<TilePath.Hashes, List<Hash>> fetched = new HashMap<>();
    List<Hash> hashes = new ArrayList<>();
    for (NodeId node : nodes) {
      hashes.add(read(node, fetched));
    }
    return List.copyOf(hashes);
  }

  private Hash read(NodeId node, Map<TilePath.Hashes, List<Hash>> fetched) {
    int level = Math.min(node.level() / 8, TilePath.Hashes.HIGHEST_LEVEL);
    int above = node.level() - 8 * level;
    long first = node.index() << above;
    long count = 1L << above;
    if (first + count > Tiles.hashes(level, size)) {
      throw new NoSuchElementException("no hash is stored at " + node);
    }
    long index = first >>> 8;
    long width = Math.min(TileIndex.FULL, Tiles.hashes(level, size) - (index << 8));
    var tile = new TilePath.Hashes(level, new TileIndex(index, (int) width));
    int from = (int) (first - (index << 8));
    return join(fetched.computeIfAbsent(tile, this::fetch).subList(from, from + (int) count));
  }

  private List<Hash> fetch(TilePath.Hashes tile) {
    var exact = tiles.read(tile);
    if (exact.isPresent()) {
      return Tiles.hashes(exact.get(), tile.at());
    }
    if (!tile.at().isFull()) {
      var full = tiles.read(tile.full());
      if (full.isPresent()) {
        return Tiles.hashes(full.get(), tile.full().at());
      }
    }
    throw new NoSuchElementException("the log has no `" + tile.path() + "`");
  }

  /** A power of two of hashes, side by side. */
  private static Hash join(List<Hash> hashes) {
    List<Hash> level = hashes;
    while (level.size() > 1) {
      List<Hash> parents = new ArrayList<>();
      for (int i = 0; i < level.size(); i += 2) {
        parents.add(MerkleTree.hashNode(level.get(i), level.get(i + 1)));
      }
      level = parents;
    }
    return level.getFirst();
  }
}
