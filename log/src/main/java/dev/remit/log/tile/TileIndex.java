package dev.remit.log.tile;

import dev.remit.log.InvalidLogDataException;
import java.util.regex.Pattern;

/**
 * Which tile of its level, and how many of its 256 places are filled (C2SP tlog-tiles "Merkle
 * Tree", "Partial Tiles").
 *
 * <p>In a path, 1234067 reads {@code x001/x234/067}, and a width below 256 follows as {@code
 * .p/<width>}. Every tile has one spelling.
 *
 * @param width 1 to 256; 256 is a full tile
 */
public record TileIndex(long index, int width) {
  /** The width of a full tile. */
  public static final int FULL = 256;

  private static final Pattern NUMBER = Pattern.compile("(?:x[0-9]{3}/){0,5}[0-9]{3}");
  private static final Pattern WIDTH = Pattern.compile("[1-9][0-9]{0,2}");

  public TileIndex {
    if (index < 0 || index > Long.MAX_VALUE >> 8) {
      throw new InvalidLogDataException("a tile's index is not negative and below 2^55");
    }
    if (width < 1 || width > FULL) {
      throw new InvalidLogDataException("a tile is 1 to 256 wide");
    }
  }

  /** Reads the last part of a path. */
  static TileIndex parse(String path) {
    int partial = path.indexOf(".p/");
    String number = partial < 0 ? path : path.substring(0, partial);
    int width = partial < 0 ? FULL : width(path.substring(partial + 3));
    if (!NUMBER.matcher(number).matches() || number.startsWith("x000/")) {
      throw new InvalidLogDataException("a tile's index is written like `x001/x234/067`");
    }
    return new TileIndex(Long.parseLong(number.replace("/", "").replace("x", "")), width);
  }

  private static int width(String digits) {
    if (!WIDTH.matcher(digits).matches() || Integer.parseInt(digits) >= FULL) {
      throw new InvalidLogDataException("a partial tile is 1 to 255 wide");
    }
    return Integer.parseInt(digits);
  }

  public boolean isFull() {
    return width == FULL;
  }

  /** The same tile once it is full. */
  public TileIndex full() {
    return new TileIndex(index, FULL);
  }

  /** The last part of the path. */
  @Override
  public String toString() {
    StringBuilder path = new StringBuilder("%03d".formatted(index % 1000));
    for (long rest = index / 1000; rest > 0; rest /= 1000) {
      path.insert(0, "x%03d/".formatted(rest % 1000));
    }
    return isFull() ? path.toString() : path.append(".p/").append(width).toString();
  }
}
