package dev.remit.server.restore;

import dev.remit.core.value.InvalidValueException;
import dev.remit.evidence.EvidencePack;
import dev.remit.evidence.InvalidPackException;
import dev.remit.evidence.PackLine;
import dev.remit.postgres.LostEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A pack that a client exported: leaves, with the bodies that were not erased then. */
record PackMirror(Path file) implements Mirror {

  private static final int PAGE = 256;

  @Override
  public byte[] checkpoint() {
    var notes = new ArrayList<String>();
    lines(line -> {
      if (line instanceof PackLine.Checkpoint checkpoint) {
        notes.add(checkpoint.note());
      }
    });
    if (notes.isEmpty()) {
      throw new InvalidValueException("`" + file + "` has no checkpoint");
    }
    return notes.getFirst().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void read(long from, long until, Consumer<List<LostEntry>> pages) {
    var page = new ArrayList<LostEntry>();
    lines(line -> {
      if (line instanceof PackLine.Covered covered
          && covered.index() >= from
          && covered.index() < until) {
        page.add(lost(covered.content()));
      }
      if (page.size() == PAGE) {
        pages.accept(List.copyOf(page));
        page.clear();
      }
    });
    if (!page.isEmpty()) {
      pages.accept(List.copyOf(page));
    }
  }

  private static LostEntry lost(PackLine.Content content) {
    return new LostEntry(
        content.leaf(), content.body().map(body -> new LostEntry.Body(body.salt(), body.value())));
  }

  private void lines(Consumer<PackLine> taker) {
    try (var reader = EvidencePack.read(file)) {
      for (var line = reader.next(); line.isPresent(); line = reader.next()) {
        taker.accept(line.get());
      }
    } catch (InvalidPackException e) {
      throw new InvalidValueException("`" + file + "` is damaged; verify it first");
    } catch (IOException | UncheckedIOException e) {
      throw new InvalidValueException("`" + file + "` cannot be read");
    }
  }
}
