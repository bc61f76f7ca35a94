package dev.remit.server.restore;

import java.util.Optional;

/** The files of a tiled log by their path below its prefix. */
@FunctionalInterface
interface TileFiles {

  /** A bundle of 256 of the longest entries, and no more (C2SP tlog-tiles "Log entries"). */
  int LIMIT_BYTES = 256 * (2 + 65_535);

  /** The file's bytes; empty when it is not there. Failing to look is an exception. */
  Optional<byte[]> read(String path);
}
