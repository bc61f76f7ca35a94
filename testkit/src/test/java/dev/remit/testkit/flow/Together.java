package dev.remit.testkit.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work in threads of its own, with a time limit on waiting for it. */
final class Together {
  private Together() {}

  static <T> FutureTask<T> start(Callable<T> work) {
    var task = new FutureTask<>(work);
    Thread.startVirtualThread(task);
    return task;
  }

  static <T> T await(FutureTask<T> task) {
    try {
      return task.get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("it did not come to an end", e);
    }
  }

  /** So many threads that begin at one moment. */
  static <T> List<T> all(int threads, Callable<T> work) {
    var begin = new CountDownLatch(1);
    var tasks = new ArrayList<FutureTask<T>>();
    for (int i = 0; i < threads; i++) {
      tasks.add(
          start(() -> {
            begin.await();
            return work.call();
          }));
    }
    begin.countDown();
    return tasks.stream().map(Together::await).toList();
  }
}
