package dev.remit.bench.decision;

import com.cedarpolicy.model.exception.AuthException;
import com.sun.management.ThreadMXBean;
import dev.remit.bench.BenchException;
import dev.remit.bench.load.Samples;
import dev.remit.cedar.PolicySet;
import dev.remit.cedar.request.Facts;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Our engine over the policies of a workload and prepared facts. */
final class CompiledSide {
  private static final int REQUESTS = 256;
  private static final int WARM_UP = 400_000;
  private static final int SAMPLES = 400_000;
  private static final int PER_THREAD = 2_000_000;

  private final PolicySet policies;
  private final Workload workload;
  private final Facts[] facts;

  CompiledSide(Workload workload) {
    this.workload = workload;
    this.policies = PolicySet.read(json(workload.text())).orThrow();
    this.facts =
        workload.requests(REQUESTS).stream().map(Workload.Request::facts).toArray(Facts[]::new);
    for (Facts each : facts) {
      var answer = policies.decide(each);
      if (!answer.isAllowed() || !answer.failures().isEmpty()) {
        throw BenchException.broken("a request of the workload is not plainly permitted");
      }
    }
  }

  /** The official library turns text into its JSON form. */
  private static String json(String text) {
    try {
      return com.cedarpolicy.model.policy.PolicySet.parsePolicies(text).toJson();
    } catch (AuthException | java.io.IOException e) {
      throw BenchException.broken("the workload's policies do not parse");
    }
  }

  /** Single decisions, with the clock's own cost in them. */
  Samples decisions() {
    run(WARM_UP);
    var samples = new Samples();
    int allowed = 0;
    for (int i = 0; i < SAMPLES; i++) {
      var each = facts[i % REQUESTS];
      long start = System.nanoTime();
      var answer = policies.decide(each);
      samples.add(System.nanoTime() - start);
      allowed += answer.isAllowed() ? 1 : 0;
    }
    if (allowed != SAMPLES) {
      throw BenchException.broken("a decision changed while it was measured");
    }
    return samples;
  }

  /** Entities, context and their preparation for one call. */
  Samples preparations() {
    var requests = workload.requests(REQUESTS);
    var samples = new Samples();
    int allowed = 0;
    for (int i = -WARM_UP; i < SAMPLES; i++) {
      var request = requests.get((i + WARM_UP) % REQUESTS);
      long start = System.nanoTime();
      var prepared = request.facts();
      long end = System.nanoTime();
      if (i >= 0) {
        samples.add(end - start);
      }
      allowed += prepared.context().size();
    }
    if (allowed == 0) {
      throw BenchException.broken("nothing was prepared");
    }
    return samples;
  }

  private int run(int decisions) {
    int allowed = 0;
    for (int i = 0; i < decisions; i++) {
      allowed += policies.decide(facts[i % REQUESTS]).isAllowed() ? 1 : 0;
    }
    return allowed;
  }

  double bytesPerDecision() {
    if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads)) {
      return -1;
    }
    run(WARM_UP);
    long before = threads.getCurrentThreadAllocatedBytes();
    run(SAMPLES);
    return (threads.getCurrentThreadAllocatedBytes() - before) / (double) SAMPLES;
  }

  /** Decisions per second of two threads, divided by those of one. */
  double twoThreadsRatio() {
    run(WARM_UP);
    double one = Math.max(perSecond(1), perSecond(1));
    return Math.max(perSecond(2), perSecond(2)) / one;
  }

  private double perSecond(int threads) {
    try (var pool = Executors.newFixedThreadPool(threads)) {
      Callable<Integer> work = () -> run(PER_THREAD);
      long start = System.nanoTime();
      for (var done : pool.invokeAll(java.util.Collections.nCopies(threads, work))) {
        if (done.get() != PER_THREAD) {
          throw BenchException.broken("a decision changed while it was measured");
        }
      }
      return threads * PER_THREAD * 1e9 / (System.nanoTime() - start);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BenchException.broken("interrupted");
    } catch (ExecutionException e) {
      throw BenchException.broken("a decision failed");
    }
  }
}
