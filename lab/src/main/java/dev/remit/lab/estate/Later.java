package dev.remit.lab.estate;

/** Runs something after a while; what it runs must not throw. */
@FunctionalInterface
public interface Later {
  void run(long millis, Runnable act);
}
