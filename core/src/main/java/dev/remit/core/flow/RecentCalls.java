package dev.remit.core.flow;

import dev.remit.core.call.CallId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What was answered to recent changes, so that an equal call gets the first one's answer.
 *
 * <p>In memory and bounded: after a restart, or on another replica, a joined call is told which
 * call it joined instead. The ledger alone decides that it joins.
 */
final class RecentCalls {

  private static final int KEPT = 1_000;

  private final Map<CallId, CompletableFuture<CallResult>> answers =
      new LinkedHashMap<>(64, 0.75f, false) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(
            Map.Entry<CallId, CompletableFuture<CallResult>> eldest) {
          return size() > KEPT;
        }
      }; // guarded by this

  /** A change is about to ask for admission; others may join it from then on. */
  synchronized void begun(CallId call) {
    answers.put(call, new CompletableFuture<>());
  }

  /** The change has its answer, or was not admitted. */
  synchronized void ended(CallId call, Optional<CallResult> answer) {
    var waiting = answers.get(call);
    if (waiting != null && answer.isPresent()) {
      waiting.complete(answer.get());
    } else if (waiting != null) {
      answers.remove(call);
      waiting.cancel(false);
    }
  }

  /** The answer of the first call, waiting for it at most so long. */
  Optional<CallResult> answerOf(CallId first, long millis) {
    CompletableFuture<CallResult> waiting;
    synchronized (this) {
      waiting = answers.get(first);
    }
    if (waiting == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(waiting.get(millis, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | TimeoutException | java.util.concurrent.CancellationException e) {
      return Optional.empty();
    }
  }
}
