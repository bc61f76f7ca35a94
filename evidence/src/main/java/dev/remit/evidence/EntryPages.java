package dev.remit.evidence;

import dev.remit.core.evidence.Journal;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/**
 * A tenant's entries from the first on, read a page at a time: first those in the log, then those
 * that the last page showed as waiting. One reader, once.
 */
final class EntryPages {

  private static final int PAGE = 1_000;

  private final TenantId tenant;
  private final Function<Journal.Query, List<Journal.Stored>> trail;
  private final Deque<Value.Obj> logged = new ArrayDeque<>();
  private final Deque<Value.Obj> waiting = new ArrayDeque<>();
  private long from;
  private final long until;
  private boolean isLast;

  /** Entries from an index on, up to another one where there is one. */
  EntryPages(
      TenantId tenant,
      Function<Journal.Query, List<Journal.Stored>> trail,
      long from,
      Optional<Long> until) {
    this.tenant = tenant;
    this.trail = trail;
    this.from = from;
    this.until = until.orElse(Long.MAX_VALUE);
    this.isLast = from >= this.until;
  }

  /** An entry as {@link PackExport} wants it. */
  static Value.Obj line(Journal.Stored stored) {
    var line =
        stored.isErased()
            ? Value.object("leaf", stored.leaf())
            : Value.object("leaf", stored.leaf(), "salt", stored.salt(), "body", stored.body());
    return stored.index().map(index -> line.with("index", Value.of(index))).orElse(line);
  }

  Iterator<Value.Obj> logged() {
    return new Draining(logged);
  }

  /** To be asked after {@link #logged} is at its end. */
  Iterator<Value.Obj> pending() {
    return new Draining(waiting);
  }

  private final class Draining implements Iterator<Value.Obj> {

    private final Deque<Value.Obj> lines;

    private Draining(Deque<Value.Obj> lines) {
      this.lines = lines;
    }

    @Override
    public boolean hasNext() {
      while (lines.isEmpty() && !isLast) {
        read();
      }
      return !lines.isEmpty();
    }

    @Override
    public Value.Obj next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no entry is left");
      }
      return lines.remove();
    }
  }

  private void read() {
    var page =
        trail.apply(
            new Journal.Query(
                tenant, from, PAGE, Optional.empty(), Optional.empty(), Optional.empty()));
    for (var stored : page) {
      if (stored.index().orElse(from) >= until) {
        isLast = true;
        return;
      }
      (stored.index().isPresent() ? logged : waiting).add(line(stored));
      from = stored.index().map(index -> index + 1).orElse(from);
    }
    isLast = from >= until || page.size() < PAGE || page.getLast().index().isEmpty();
  }
}
