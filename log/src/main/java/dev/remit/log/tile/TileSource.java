package dev.remit.log.tile;

import java.util.Optional;

/** Where the files of a tiled log come from: a folder, a server, a cache. */
@FunctionalInterface
public interface TileSource {
  /** The file's bytes; empty when it is not there. Failing to look is an exception. */
  Optional<byte[]> read(TilePath path);
}
