package dev.remit.connectors.common;

import dev.remit.core.execution.Cut;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting between two looks at a vendor; enters through the constructor so that tests steer it. */
@FunctionalInterface
public interface Pause {
  /** Returns after the time, or at once when the call is cut. */
  void pause(Duration time, Cut cut);

  /** Waits in real time; an interrupted thread does not wait and stays interrupted. */
  static Pause real() {
    return (time, cut) -> {
      var isCut = new CountDownLatch(1);
      var takeBack = cut.onCut(isCut::countDown);
      try {
        boolean wasCut = isCut.await(time.toMillis(), TimeUnit.MILLISECONDS);
        if (wasCut) {
          return;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        takeBack.run();
      }
    };
  }
}
