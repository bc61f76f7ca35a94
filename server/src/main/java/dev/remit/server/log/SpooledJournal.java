package dev.remit.server.log;

import dev.remit.core.evidence.Bodies;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Journal;
import dev.remit.core.evidence.StoreUnavailableException;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A journal that goes on refusing while the database is away: refusals are kept on disk and entered
 * later, with their own time and the field {@code late}.
 *
 * <p>Nothing else is kept: whatever allows or changes something is not done without the database.
 * While it is away it is asked again after a pause only, so that a refusal costs no waiting.
 */
public final class SpooledJournal implements Journal, AutoCloseable {

  /** Room for some thousand refusals. */
  private static final long SPOOL_BYTES = 8 << 20;

  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Set<Entry.Kind> KEPT = Set.of(Entry.Kind.REFUSAL, Entry.Kind.TASK_REFUSED);

  private final Journal journal;
  private final Consumer<Entry> late;
  private final RefusalSpool spool;
  private final LongSupplier nanos;
  private volatile long awayUntil;

  private SpooledJournal(
      Journal journal, Consumer<Entry> late, RefusalSpool spool, LongSupplier nanos) {
    this.journal = journal;
    this.late = late;
    this.spool = spool;
    this.nanos = nanos;
    this.awayUntil = nanos.getAsLong();
  }

  /**
   * Over another journal.
   *
   * @param late enters an entry that may have been entered before
   * @param nanos a monotonic clock
   */
  public static SpooledJournal open(
      Path dataFolder, Journal journal, Consumer<Entry> late, LongSupplier nanos) {
    return new SpooledJournal(journal, late, RefusalSpool.open(dataFolder, SPOOL_BYTES), nanos);
  }

  @Override
  public void append(Entry entry) {
    boolean isKept = KEPT.contains(entry.kind());
    if (isKept && nanos.getAsLong() - awayUntil < 0 && spool.add(marked(entry))) {
      return;
    }
    try {
      journal.append(entry);
    } catch (StoreUnavailableException e) {
      awayUntil = nanos.getAsLong() + PAUSE.toNanos();
      if (!isKept || !spool.add(marked(entry))) {
        throw e;
      }
    }
  }

  private static Entry marked(Entry entry) {
    return new Entry(
        entry.id(),
        entry.tenant(),
        entry.kind(),
        entry.call(),
        entry.task(),
        entry.at(),
        entry.fields().with("late", Value.of(true)),
        entry.body(),
        entry.salt());
  }

  /** Enters what waits, as far as the database takes it; to be called again and again. */
  public void enter() {
    var waiting = spool.waiting();
    waiting.forEach(late);
    spool.clear(waiting.size());
  }

  /** How many refusals wait. */
  public int waiting() {
    return spool.waiting().size();
  }

  @Override
  public Bodies bodies() {
    return journal.bodies();
  }

  @Override
  public List<Stored> read(Query query) {
    return journal.read(query);
  }

  @Override
  public Found search(Search search) {
    return journal.search(search);
  }

  @Override
  public Optional<Instant> unwitnessedSince(TenantId tenant) {
    return journal.unwitnessedSince(tenant);
  }

  @Override
  public Optional<String> checkpoint(TenantId tenant) {
    return journal.checkpoint(tenant);
  }

  @Override
  public void close() {
    spool.close();
  }
}
