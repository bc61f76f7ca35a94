package dev.remit.testkit;

import dev.remit.core.evidence.Bodies;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Journal;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Instant;
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
  public Bodies bodies() {
    return Bodies.KEPT;
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

  @Override
  public Found search(Search search) {
    return state.read(() -> {
      var entries = state.entriesOf(search.tenant());
      var found =
          LongStream.range(Math.max(0, search.fromIndex()), entries.size())
              .filter(index -> isWanted(entries.get((int) index), search))
              .limit(search.limit())
              .mapToObj(index -> stored(index, entries.get((int) index)))
              .toList();
      return new Found(
          found,
          found.size() < search.limit()
              ? Optional.empty()
              : found.getLast().index().map(last -> last + 1));
    });
  }

  private static boolean isWanted(Entry entry, Search search) {
    return search.since().filter(since -> entry.at().isBefore(since)).isEmpty()
        && search.until().filter(until -> !entry.at().isBefore(until)).isEmpty()
        && search.wanted().entrySet().stream()
            .allMatch(one -> says(entry, one.getKey(), one.getValue()));
  }

  private static boolean says(Entry entry, Field field, String text) {
    return switch (field) {
      case KIND -> entry.kind().text().equals(text);
      case CALL -> entry.call().equals(Optional.of(text));
      case TASK -> entry.task().equals(Optional.of(text));
      case PERSON ->
          entry.fields().text("person").equals(Optional.of(text))
              || entry.fields().text("by").equals(Optional.of(text));
      case TARGET ->
          entry.fields().items("targets").stream()
              .anyMatch(target ->
                  target.equals(Value.of(text))
                      || (target instanceof Value.Obj record
                          && record.text("ref").equals(Optional.of(text))));
      case AGENT, INSTANCE, TOOL, DECISION ->
          entry.fields().text(field.text()).equals(Optional.of(text));
    };
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
  public Optional<Instant> unwitnessedSince(TenantId tenant) {
    return state.unwitnessedSince(tenant);
  }

  @Override
  public Optional<String> checkpoint(TenantId tenant) {
    return Optional.empty();
  }
}
