package dev.remit.postgres;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Puts what callers ask at the same moment into one statement and one commit. Nobody waits for
 * company: whoever finds a free place asks at once, with all that gathered meanwhile.
 *
 * <p>Promises: each question is answered once, or its caller gets the failure. When a statement of
 * several fails for a reason of its content, each of them is asked alone, so that nobody pays for
 * another's question. When the database was silent, all that wait are told at once; and nobody is
 * asked after having waited {@link #PATIENCE}: a caller waits at most so long and for one
 * statement.
 */
public final class Together<Q, A> {

  private static final int MOST = 32;

  /** Whoever waited longer for a statement is not asked any more. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /** A database that took so long to fail is silent, and not only unable to take one statement. */
  private static final Duration SILENCE = Duration.ofSeconds(1);

  private final int most;
  private final Function<List<Q>, List<A>> statement;
  private final LongSupplier nanos;
  private final Semaphore places;
  private final ConcurrentLinkedQueue<Waiting<Q, A>> queue = new ConcurrentLinkedQueue<>();

  private record Waiting<Q, A>(Q question, CompletableFuture<A> answer, long since) {}

  /**
   * A gatherer.
   *
   * @param places how many statements may run at once
   * @param statement answers in the order of its questions, in one transaction
   */
  Together(int places, Function<List<Q>, List<A>> statement) {
    this(places, MOST, System::nanoTime, statement);
  }

  /**
   * A gatherer of other bounds.
   *
   * @param most how many questions one statement takes
   * @param nanos a monotonic clock
   */
  public Together(int places, int most, LongSupplier nanos, Function<List<Q>, List<A>> statement) {
    this.places = new Semaphore(places);
    this.most = most;
    this.nanos = nanos;
    this.statement = statement;
  }

  /** The answer, once it came together with those of others. */
  public A ask(Q question) {
    var own = new Waiting<Q, A>(question, new CompletableFuture<>(), nanos.getAsLong());
    queue.add(own);
    lead(own);
    try {
      return own.answer().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** How many wait for a statement; for tests. */
  int waiting() {
    return queue.size();
  }

  /** Asks until the own answer is there; what came later is left to a thread of its own. */
  private void lead(Waiting<Q, A> own) {
    while (!queue.isEmpty() && places.tryAcquire()) {
      try {
        answer(drain());
      } finally {
        places.release();
      }
      if (own.answer().isDone() && !queue.isEmpty()) {
        Thread.ofVirtual().name("together").start(() -> lead(own));
        return;
      }
    }
  }

  private List<Waiting<Q, A>> drain() {
    var batch = new ArrayList<Waiting<Q, A>>();
    long now = nanos.getAsLong();
    while (batch.size() < most) {
      var next = queue.poll();
      if (next == null) {
        break;
      }
      if (now - next.since() > PATIENCE.toNanos()) {
        next.answer().completeExceptionally(late());
      } else {
        batch.add(next);
      }
    }
    return batch;
  }

  private static DatabaseUnavailableException late() {
    return new DatabaseUnavailableException(
        "the database is too slow; try again later", new TimeoutException("never asked"));
  }

  /** Who waits now would meet the same silence, so nobody waits for more than one of it. */
  private List<Waiting<Q, A>> withWaiting(List<Waiting<Q, A>> batch) {
    var all = new ArrayList<>(batch);
    for (var next = queue.poll(); next != null; next = queue.poll()) {
      all.add(next);
    }
    return all;
  }

  private static <Q, A> void failAll(
      List<Waiting<Q, A>> all, DatabaseUnavailableException failure) {
    all.forEach(waiting -> waiting.answer().completeExceptionally(failure));
  }

  private void answer(List<Waiting<Q, A>> batch) {
    if (batch.isEmpty()) {
      return;
    }
    long start = nanos.getAsLong();
    try {
      var answers = statement.apply(batch.stream().map(Waiting::question).toList());
      if (answers.size() != batch.size()) {
        throw new IllegalStateException("the database answered another number of questions");
      }
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).answer().complete(answers.get(i));
      }
    } catch (DatabaseUnavailableException e) {
      boolean isSilent = nanos.getAsLong() - start >= SILENCE.toNanos();
      failAll(isSilent ? withWaiting(batch) : batch, e);
    } catch (RuntimeException | Error e) {
      if (batch.size() == 1 || e instanceof Error) {
        batch.forEach(waiting -> waiting.answer().completeExceptionally(e));
      } else {
        batch.forEach(waiting -> answer(List.of(waiting)));
      }
    }
  }
}
