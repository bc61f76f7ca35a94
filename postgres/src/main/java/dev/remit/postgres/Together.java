package dev.remit.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Puts what callers ask at the same moment into one statement and one commit. Nobody waits for
 * company: whoever finds a free place asks at once, with all that gathered meanwhile.
 *
 * <p>Promises: each question is answered once, or its caller gets the failure. When a statement of
 * several fails for a reason of its content, each of them is asked alone, so that nobody pays for
 * another's question.
 */
final class Together<Q, A> {

  private static final int MOST = 32;

  private final Function<List<Q>, List<A>> statement;
  private final Semaphore places;
  private final ConcurrentLinkedQueue<Waiting<Q, A>> queue = new ConcurrentLinkedQueue<>();

  private record Waiting<Q, A>(Q question, CompletableFuture<A> answer) {}

  /**
   * A gatherer.
   *
   * @param places how many statements may run at once
   * @param statement answers in the order of its questions, in one transaction
   */
  Together(int places, Function<List<Q>, List<A>> statement) {
    this.places = new Semaphore(places);
    this.statement = statement;
  }

  A ask(Q question) {
    var own = new Waiting<Q, A>(question, new CompletableFuture<>());
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
    while (batch.size() < MOST) {
      var next = queue.poll();
      if (next == null) {
        break;
      }
      batch.add(next);
    }
    return batch;
  }

  private void answer(List<Waiting<Q, A>> batch) {
    if (batch.isEmpty()) {
      return;
    }
    try {
      var answers = statement.apply(batch.stream().map(Waiting::question).toList());
      if (answers.size() != batch.size()) {
        throw new IllegalStateException("the database answered another number of questions");
      }
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).answer().complete(answers.get(i));
      }
    } catch (DatabaseUnavailableException e) {
      batch.forEach(waiting -> waiting.answer().completeExceptionally(e));
    } catch (RuntimeException | Error e) {
      if (batch.size() == 1 || e instanceof Error) {
        batch.forEach(waiting -> waiting.answer().completeExceptionally(e));
      } else {
        batch.forEach(waiting -> answer(List.of(waiting)));
      }
    }
  }
}
