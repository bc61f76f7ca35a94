package dev.remit.log.tile;

import dev.remit.log.InvalidLogDataException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Up to 256 entries as one file: each with its length before it as two bytes, the big end first
 * (C2SP tlog-tiles "Log entries").
 *
 * <p>An entry has at most 65,535 bytes; a log that serves bundles refuses longer ones before they
 * get in.
 */
public final class EntryBundle {
  /** The longest entry that the form can carry. */
  public static final int LIMIT_ENTRY_BYTES = 65_535;

  private EntryBundle() {}

  public static byte[] encode(List<byte[]> entries) {
    if (entries.isEmpty() || entries.size() > TileIndex.FULL) {
      throw new IllegalArgumentException("a bundle has 1 to 256 entries");
    }
    var out = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      if (entry.length > LIMIT_ENTRY_BYTES) {
        throw new InvalidLogDataException(
            "an entry has " + entry.length + " bytes; a bundle carries 65535 at most");
      }
      out.write(entry.length >>> 8);
      out.write(entry.length);
      out.writeBytes(entry);
    }
    return out.toByteArray();
  }

  /** Reads a bundle of exactly so many entries and nothing after them. */
  public static List<byte[]> decode(byte[] bundle, TileIndex at) {
    ByteBuffer in = ByteBuffer.wrap(bundle);
    List<byte[]> entries = new ArrayList<>();
    while (entries.size() < at.width()) {
      if (in.remaining() < Short.BYTES) {
        throw cutShort();
      }
      byte[] entry = new byte[Short.toUnsignedInt(in.getShort())];
      if (in.remaining() < entry.length) {
        throw cutShort();
      }
      in.get(entry);
      entries.add(entry);
    }
    if (in.hasRemaining()) {
      throw new InvalidLogDataException("the bundle has more bytes than its entries");
    }
    return List.copyOf(entries);
  }

  private static InvalidLogDataException cutShort() {
    return new InvalidLogDataException("the bundle of entries is cut short");
  }
}
