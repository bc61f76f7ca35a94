package dev.remit.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs jobs again and again, each in a virtual thread of its own so that a slow one holds up no
 * other.
 *
 * <p>A job that throws is logged once per kind of failure and run again after its pause: the world
 * failing must not end recovery.
 */
final class Timers implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("dev.remit.server");

  private final List<Thread> threads = new ArrayList<>();
  private final AtomicBoolean isClosed = new AtomicBoolean();

  /** Runs a job at once and then after each pause. */
  void every(String name, Duration pause, Runnable job) {
    threads.add(
        Thread.ofVirtual()
            .name(name)
            .start(() -> {
              String lastFailure = "";
              while (!isClosed.get()) {
                lastFailure = runOnce(name, job, lastFailure);
                if (!sleep(pause)) {
                  return;
                }
              }
            }));
  }

  private static String runOnce(String name, Runnable job, String lastFailure) {
    try {
      job.run();
      return "";
    } catch (RuntimeException | Error e) {
      // An error of the virtual machine too: recovery and the log must not stand still unnoticed.
      String failure = e.getClass().getSimpleName() + ": " + e.getMessage();
      if (!failure.equals(lastFailure)) {
        LOG.log(System.Logger.Level.WARNING, name + " will be tried again: " + failure);
      }
      return failure;
    }
  }

  private static boolean sleep(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Override
  public void close() {
    isClosed.set(true);
    threads.forEach(Thread::interrupt);
    for (var thread : threads) {
      try {
        thread.join(Duration.ofSeconds(2));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
