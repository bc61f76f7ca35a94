package dev.remit.server.restore;

import dev.remit.core.evidence.LogFiles;
import dev.remit.core.value.InvalidValueException;
import dev.remit.log.tile.EntryBundle;
import dev.remit.log.tile.TileIndex;
import dev.remit.log.tile.TilePath;
import dev.remit.postgres.LostEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A log in tiles: its leaves alone, for bodies are beside no tile. */
record TileMirror(TileFiles files) implements Mirror {

  @Override
  public byte[] checkpoint() {
    return files
        .read(LogFiles.CHECKPOINT)
        .orElseThrow(() -> new InvalidValueException("the mirror has no `checkpoint`"));
  }

  @Override
  public void read(long from, long until, Consumer<List<LostEntry>> pages) {
    for (long at = from; at < until; ) {
      long bundle = at / TileIndex.FULL;
      long first = bundle * TileIndex.FULL;
      int width = (int) Math.min(TileIndex.FULL, until - first);
      var entries = bundle(new TileIndex(bundle, width));
      pages.accept(
          entries.subList((int) (at - first), width).stream().map(TileMirror::lost).toList());
      at = first + width;
    }
  }

  /** A partial bundle may be gone once the full one is there (C2SP tlog-tiles "Partial Tiles"). */
  private List<byte[]> bundle(TileIndex at) {
    var path = new TilePath.Entries(at);
    var exact = files.read(path.path());
    if (exact.isPresent()) {
      return EntryBundle.decode(exact.get(), at);
    }
    return files
        .read(path.full().path())
        .filter(full -> !at.isFull())
        .map(full -> EntryBundle.decode(full, at.full()))
        .orElseThrow(() -> new InvalidValueException("the mirror lacks `" + path.path() + "`"));
  }

  private static LostEntry lost(byte[] leaf) {
    return new LostEntry(new String(leaf, StandardCharsets.UTF_8), Optional.empty());
  }
}
