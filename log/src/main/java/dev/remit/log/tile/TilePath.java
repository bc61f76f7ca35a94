package dev.remit.log.tile;

import dev.remit.log.InvalidLogDataException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of one file of a tiled log, below the log's prefix (C2SP tlog-tiles "APIs").
 *
 * <p>Parsing accepts exactly what {@link #path} writes, so a server can hand a request's path to it
 * and nothing else gets through.
 */
public sealed interface TilePath {

  /** Which tile of its level. */
  TileIndex at();

  /** Such as {@code tile/0/x001/x234/067} or {@code tile/entries/000.p/7}. */
  String path();

  /** The same file once its tile is full. */
  TilePath full();

  /**
   * Hashes: {@code tile/<level>/<index>}. A hash of level n stands for 256 to the n entries.
   *
   * @param level 0 to 7; the specification allows 63, and higher levels would be beyond 2^63
   *     entries
   */
  record Hashes(int level, TileIndex at) implements TilePath {
    static final int HIGHEST_LEVEL = 7;

    public Hashes {
      if (level < 0 || level > HIGHEST_LEVEL) {
        throw new InvalidLogDataException("a tile's level is 0 to " + HIGHEST_LEVEL);
      }
    }

    @Override
    public String path() {
      return "tile/" + level + "/" + at;
    }

    @Override
    public TilePath.Hashes full() {
      return new Hashes(level, at.full());
    }
  }

  /** Entries: {@code tile/entries/<index>}; those under the hash tile of level 0. */
  record Entries(TileIndex at) implements TilePath {
    @Override
    public String path() {
      return "tile/entries/" + at;
    }

    @Override
    public TilePath.Entries full() {
      return new Entries(at.full());
    }
  }

  /** Reads a path without leading slash. */
  static TilePath parse(String path) {
    Matcher matcher = Form.PATH.matcher(path);
    if (!matcher.matches()) {
      throw new InvalidLogDataException("a tile's path begins with `tile/` and a level");
    }
    TileIndex at = TileIndex.parse(matcher.group(2));
    return matcher.group(1).equals("entries")
        ? new Entries(at)
        : new Hashes(Integer.parseInt(matcher.group(1)), at);
  }

  /** What a path looks like up to its index. */
  final class Form {
    private static final Pattern PATH = Pattern.compile("tile/(entries|[0-9])/([x0-9./p]{3,40})");

    private Form() {}
  }
}
