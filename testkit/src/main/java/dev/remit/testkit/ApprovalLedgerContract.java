package dev.remit.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Fresh stores for each case of the contracts behind people's answers. */
public abstract class ApprovalLedgerContract extends ApprovalSamples {
  /** Fresh stores, empty but for the policy version. */
  protected abstract Stores newStores();

  @BeforeEach
  final void begin() {
    stores = newStores();
  }

  @AfterEach
  final void end() {
    stores.close();
  }

  /** Work of one of several who begin at once. */
  protected interface Numbered<T> {
    T call(int number);
  }

  /** What each of so many gets who begin at the same moment. */
  protected static <T> List<T> together(int threads, Numbered<T> work) throws Exception {
    var begin = new CountDownLatch(1);
    var tasks = new ArrayList<FutureTask<T>>();
    for (int i = 0; i < threads; i++) {
      int number = i;
      Callable<T> one =
          () -> {
            begin.await();
            return work.call(number);
          };
      var task = new FutureTask<>(one);
      Thread.startVirtualThread(task);
      tasks.add(task);
    }
    begin.countDown();
    var results = new ArrayList<T>();
    for (var task : tasks) {
      try {
        results.add(task.get());
      } catch (ExecutionException e) {
        throw new AssertionError("it failed", e);
      }
    }
    return results;
  }
}
