package dev.remit.testkit;

import java.util.concurrent.CountDownLatch;

/** A place in a fake where a test holds whoever comes, and sees that somebody came. */
public final class Gate {
  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);

  /** Called by the fake: says that it is here and waits. */
  public void pass() {
    arrived.countDown();
    await(open);
  }

  /** Called by the test: waits until somebody is at the gate. */
  public void awaitArrival() {
    await(arrived);
  }

  /** Called by the test, or by a cut: lets everybody through for ever. */
  public void open() {
    open.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted at a gate", e);
    }
  }
}
