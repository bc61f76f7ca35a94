package dev.remit.core.flow;

/** A monotonic clock in nanoseconds; only differences mean anything. */
@FunctionalInterface
public interface Ticker {

  /** Nanoseconds since some fixed moment. */
  long nanos();
}
