package dev.remit.core.flow;

import dev.remit.core.target.ConnectorId;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Work at targets, side by side: one lane per target, tenants in turns within it. A target that
 * stands still delays no other; a lane whose target failed a few times in a row rests until the
 * next round.
 */
final class Lanes {

  private static final int FAILURES_IN_A_ROW = 3;

  /** Lanes at work, perhaps since an earlier round; they take no new work until they are done. */
  private final Set<ConnectorId> busy = ConcurrentHashMap.newKeySet();

  private final Duration patience;

  /**
   * Lanes.
   *
   * @param patience how long a round waits for its lanes; a slower one goes on by itself
   */
  Lanes(Duration patience) {
    this.patience = patience;
  }

  /**
   * One piece of work.
   *
   * @param step answers whether its target did what was asked
   * @param ifResting what has to be done without the target while its lane rests
   */
  record Job(ConnectorId target, TenantId tenant, BooleanSupplier step, Runnable ifResting) {}

  /** Does the jobs of all lanes that are free; throws the first failure that is no answer. */
  void round(List<Job> jobs) {
    var byTarget = new LinkedHashMap<ConnectorId, List<Job>>();
    jobs.forEach(job -> byTarget.computeIfAbsent(job.target(), t -> new ArrayList<>()).add(job));
    byTarget.keySet().removeIf(target -> !busy.add(target));
    var failures = new ConcurrentLinkedQueue<RuntimeException>();
    var done = new CountDownLatch(byTarget.size());
    byTarget.forEach((target, own) ->
        Thread.ofVirtual()
            .name("lane-" + target)
            .start(() -> {
              try {
                work(inTurns(own), failures);
              } finally {
                busy.remove(target);
                done.countDown();
              }
            }));
    await(done);
    var first = failures.poll();
    if (first != null) {
      throw first;
    }
  }

  private static void work(List<Job> jobs, Queue<RuntimeException> failures) {
    int failed = 0;
    for (Job job : jobs) {
      try {
        if (failed == FAILURES_IN_A_ROW) {
          job.ifResting().run();
        } else {
          failed = job.step().getAsBoolean() ? 0 : failed + 1;
        }
      } catch (RuntimeException e) {
        failures.add(e);
        failed = Math.min(failed + 1, FAILURES_IN_A_ROW);
      }
    }
  }

  /** One of each tenant, then the next of each. */
  private static List<Job> inTurns(List<Job> jobs) {
    Map<TenantId, Queue<Job>> byTenant = new LinkedHashMap<>();
    jobs.forEach(job -> byTenant.computeIfAbsent(job.tenant(), t -> new ArrayDeque<>()).add(job));
    var ordered = new ArrayList<Job>();
    while (!byTenant.isEmpty()) {
      for (var queue : List.copyOf(byTenant.entrySet())) {
        ordered.add(queue.getValue().remove());
        if (queue.getValue().isEmpty()) {
          byTenant.remove(queue.getKey());
        }
      }
    }
    return ordered;
  }

  private void await(CountDownLatch done) {
    try {
      // A slower lane is found busy by the next round.
      boolean ignored = done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
