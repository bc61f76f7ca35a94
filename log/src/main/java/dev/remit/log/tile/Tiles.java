package dev.remit.log.tile;

import dev.remit.log.Hash;
import dev.remit.log.HashSource;
import dev.remit.log.InvalidLogDataException;
import dev.remit.log.NodeId;
import java.util.ArrayList;
import java.util.List;

/**
 * Which tiles a log has, and their bytes (C2SP tlog-tiles "Merkle Tree", "Partial Tiles").
 *
 * <p>A tile is a run of up to 256 hashes of every eighth level, so each is read from the same
 * {@link HashSource} that proofs are made of, in one read.
 */
public final class Tiles {
  private static final int LEVEL_BITS = 8;

  private Tiles() {}

  /**
   * The hash tiles to write when a log grows: those that became full since the older size, and the
   * partial ones of the newer size.
   */
  public static List<TilePath.Hashes> added(long olderSize, long newerSize) {
    if (olderSize < 0 || olderSize > newerSize) {
      throw new IllegalArgumentException("a log does not shrink");
    }
    List<TilePath.Hashes> tiles = new ArrayList<>();
    for (int level = 0; level <= TilePath.Hashes.HIGHEST_LEVEL; level++) {
      long before = hashes(level, olderSize);
      long after = hashes(level, newerSize);
      for (long index = before >>> LEVEL_BITS; index <= after >>> LEVEL_BITS; index++) {
        long width = Math.min(TileIndex.FULL, after - (index << LEVEL_BITS));
        if (width > 0 && (after > before)) {
          tiles.add(new TilePath.Hashes(level, new TileIndex(index, (int) width)));
        }
      }
    }
    return List.copyOf(tiles);
  }

  /** The bundles of entries to write when a log grows. */
  public static List<TilePath.Entries> addedEntries(long olderSize, long newerSize) {
    return added(olderSize, newerSize).stream()
        .filter(tile -> tile.level() == 0)
        .map(tile -> new TilePath.Entries(tile.at()))
        .toList();
  }

  /** Whether a log of this size has this very tile, at this width. */
  public static boolean isPartOf(TilePath tile, long size) {
    int level = tile instanceof TilePath.Hashes hashes ? hashes.level() : 0;
    long filled = hashes(level, size) - (tile.at().index() << LEVEL_BITS);
    return tile.at().width() <= filled;
  }

  /** How many hashes a level of tiles has: one for each complete 256 to the level entries. */
  static long hashes(int level, long size) {
    return size >>> (LEVEL_BITS * level);
  }

  /** The bytes of a tile, read at once. */
  public static byte[] bytes(TilePath.Hashes tile, HashSource source) {
    List<NodeId> nodes = new ArrayList<>();
    long first = tile.at().index() << LEVEL_BITS;
    for (int i = 0; i < tile.at().width(); i++) {
      nodes.add(new NodeId(LEVEL_BITS * tile.level(), first + i));
    }
    byte[] bytes = new byte[Hash.SIZE_BYTES * nodes.size()];
    int at = 0;
    for (Hash hash : source.read(nodes)) {
      System.arraycopy(hash.toBytes(), 0, bytes, at, Hash.SIZE_BYTES);
      at += Hash.SIZE_BYTES;
    }
    return bytes;
  }

  /** The hashes of a tile; its length has to fit its width. */
  static List<Hash> hashes(byte[] bytes, TileIndex at) {
    if (bytes.length != Hash.SIZE_BYTES * at.width()) {
      throw new InvalidLogDataException("a tile has 32 bytes for each of its hashes");
    }
    List<Hash> hashes = new ArrayList<>();
    for (int from = 0; from < bytes.length; from += Hash.SIZE_BYTES) {
      hashes.add(Hash.of(java.util.Arrays.copyOfRange(bytes, from, from + Hash.SIZE_BYTES)));
    }
    return List.copyOf(hashes);
  }
}
