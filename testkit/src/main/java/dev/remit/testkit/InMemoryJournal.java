package dev.remit.testkit;

import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Journal;
import dev.remit.core.tenant.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** {@link Journal} in memory; entries are integrated at once and there is no checkpoint. */
final class InMemoryJournal implements Journal {
  private final MemoryState state;

  InMemoryJournal(MemoryState state) {
    this.state = state;
  }

  @Override
  public void append(Entry entry) {
    state.change(() -> state.append(entry));
  }

  @Override
  public List<Stored> read(Query query) {
    return state.read(() -> {
      var entries = state.entriesOf(query.tenant());
      return LongStream.range(Math.max(0, query.fromIndex()), entries.size())
          .filter(index -> isAskedFor(entries.get((int) index), query))
          .limit(query.limit())
          .mapToObj(index -> stored(index, entries.get((int) index)))
          .toList();
    });
  }

  private static boolean isAskedFor(Entry entry, Query query) {
    return (query.call().isEmpty() || query.call().equals(entry.call()))
        && (query.task().isEmpty() || query.task().equals(entry.task()))
        && query.since().filter(since -> entry.at().isBefore(since)).isEmpty();
  }

  private static Stored stored(long index, Entry entry) {
    return new Stored(Optional.of(index), entry.leaf(), entry.salt(), entry.body());
  }

  @Override
  public Optional<String> checkpoint(TenantId tenant) {
    return Optional.empty();
  }
}
