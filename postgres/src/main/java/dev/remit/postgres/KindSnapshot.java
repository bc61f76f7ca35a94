package dev.remit.postgres;

import dev.remit.postgres.PostgresInventory.KindKey;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * All records of one kind in memory, as of one generation of the store.
 *
 * <p>News are read by generation: only changed records, or everything after a removal. Generations
 * commit in order, so none is missed. One thread reads the news; others wait for it (bounded)
 * rather than answer from what is too old.
 */
final class KindSnapshot {

  private static final long WAIT_MILLIS = Database.CONNECT_MILLIS + Database.STATEMENT_MILLIS;

  private final Database database;
  private final KindKey key;
  private final Duration recheckEvery;
  private final ReentrantLock reading = new ReentrantLock();
  private final AtomicLong asked = new AtomicLong();
  private volatile State state = new State(Map.of(), 0, Instant.EPOCH, -1);

  /** What is known; {@code answered} is the last {@link #recheck} that it takes into account. */
  private record State(
      Map<String, Target> targets, long generation, Instant checkedAt, long answered) {}

  private record Generation(long generation, long removedAt) {}

  KindSnapshot(Database database, KindKey key, Duration recheckEvery) {
    this.database = database;
    this.key = key;
    this.recheckEvery = recheckEvery;
  }

  /** The record as of at most {@code recheckEvery} before this moment. */
  Optional<Target> find(String id, Instant at) {
    var current = state;
    return Optional.ofNullable((isFresh(current, at) ? current : refreshed(at)).targets().get(id));
  }

  /** Identifiers of the records that this accepts, sorted; as fresh as {@link #find}. */
  List<String> select(Predicate<Target> accepted, Instant at) {
    var current = state;
    return (isFresh(current, at) ? current : refreshed(at))
        .targets().entrySet().stream()
            .filter(entry -> accepted.test(entry.getValue()))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
  }

  private boolean isFresh(State current, Instant at) {
    return current.answered() == asked.get()
        && !at.isBefore(current.checkedAt())
        && at.isBefore(current.checkedAt().plus(recheckEvery));
  }

  /** The next use asks the store. */
  void recheck() {
    asked.incrementAndGet();
  }

  private State refreshed(Instant at) {
    lock();
    try {
      var current = state;
      if (!isFresh(current, at)) {
        long answering = asked.get();
        state = current = readNews(current, at, answering);
      }
      return current;
    } finally {
      reading.unlock();
    }
  }

  private void lock() {
    try {
      if (!reading.tryLock(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
        throw away(new TimeoutException("waited for another reader of the inventory"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw away(e);
    }
  }

  private static DatabaseUnavailableException away(Exception cause) {
    return new DatabaseUnavailableException("the inventory cannot be read; try again later", cause);
  }

  private State readNews(State known, Instant at, long answering) {
    var stored = storedGeneration();
    if (stored.isEmpty() || stored.get().generation() == known.generation()) {
      return new State(known.targets(), known.generation(), at, answering);
    }
    long from = stored.get().removedAt() > known.generation() ? 0 : known.generation();
    var targets = from == 0 ? new HashMap<String, Target>() : new HashMap<>(known.targets());
    database
        .rows(
            "select * from remit.targets_since(?, ?, ?)",
            params -> params.text(key.connector().value()).text(key.kind()).number(from),
            KindSnapshot::named)
        .forEach(row -> targets.put(row.getKey(), row.getValue()));
    return new State(targets, stored.get().generation(), at, answering);
  }

  private static Map.Entry<String, Target> named(Row row) throws SQLException {
    return Map.entry(row.text("id"), Target.read(row));
  }

  private Optional<Generation> storedGeneration() {
    return Database.first(
        database.rows(
            "select generation, removed_at from remit.target_generation(?, ?)"
                + " where generation is not null",
            params -> params.text(key.connector().value()).text(key.kind()),
            row -> new Generation(row.number("generation"), row.number("removed_at"))));
  }
}
