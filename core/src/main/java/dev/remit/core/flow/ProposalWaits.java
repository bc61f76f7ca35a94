package dev.remit.core.flow;

import dev.remit.core.approval.ProposalId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets callers wait until something happens to a proposal.
 *
 * <p>A caller registers before it looks, so nothing that happens between is missed; what is heard
 * is a hint, and whoever waits looks again by itself after each {@link #SLICE}.
 */
final class ProposalWaits {

  /** The longest wait without a look. */
  static final Duration SLICE = Duration.ofSeconds(2);

  private final Map<ProposalId, Set<Semaphore>> waiting = new ConcurrentHashMap<>();

  /** Something happened to this proposal. */
  void heard(ProposalId id) {
    waiting.computeIfPresent(
        id,
        (same, all) -> {
          all.forEach(Semaphore::release);
          return all;
        });
  }

  /** Registers a caller until it is closed. */
  Wait begin(ProposalId id) {
    var wake = new Semaphore(0);
    waiting.compute(
        id,
        (same, all) -> {
          var others = all == null ? new HashSet<Semaphore>() : all;
          others.add(wake);
          return others;
        });
    return new Wait(id, wake);
  }

  /** One caller that waits. */
  final class Wait implements AutoCloseable {

    private final ProposalId id;
    private final Semaphore wake;

    private Wait(ProposalId id, Semaphore wake) {
      this.id = id;
      this.wake = wake;
    }

    /** Ends the wait that is or comes next. */
    void wake() {
      wake.release();
    }

    /** Waits for a slice at most; false when the thread shall stop. */
    boolean await() {
      try {
        boolean _ = wake.tryAcquire(SLICE.toMillis(), TimeUnit.MILLISECONDS);
        wake.drainPermits();
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    @Override
    public void close() {
      waiting.computeIfPresent(
          id,
          (same, all) -> {
            all.remove(wake);
            return all.isEmpty() ? null : all;
          });
    }
  }
}
