package dev.remit.lab.estate;

/** How long the vendor takes, in milliseconds. Tests may change it while the lab runs. */
public final class Timing {
  private volatile long service = 200;
  private volatile long queued = 150;
  private volatile long running = 250;

  /** From an order to a service until it has its last state. */
  public long serviceMillis() {
    return service;
  }

  /** From the making of a job until it runs. */
  public long queuedMillis() {
    return queued;
  }

  /** From the start of a job to its end. */
  public long runningMillis() {
    return running;
  }

  public void set(long serviceMillis, long queuedMillis, long runningMillis) {
    service = serviceMillis;
    queued = queuedMillis;
    running = runningMillis;
  }

  void reset() {
    set(200, 150, 250);
  }
}
