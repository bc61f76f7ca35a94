/**
 * A log as static files that anybody can serve and cache: tiles of hashes and bundles of entries
 * (C2SP tlog-tiles).
 *
 * <p>A writer asks {@link dev.remit.log.tile.Tiles} which files a new size needs and gets their
 * bytes from the hashes it has; a reader puts {@link dev.remit.log.tile.TileHashes} over wherever
 * the files come from and makes proofs of it. Nothing read from a tile is true before a proof made
 * of it leads to a head that a trusted key signed.
 */
@NullMarked
package dev.remit.log.tile;

import org.jspecify.annotations.NullMarked;
