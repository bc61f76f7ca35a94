package dev.remit.core.execution;

/**
 * The last moment at which a request may leave, on a monotonic clock.
 *
 * <p>A replica that was paused after its decision finds it past and sends nothing. Executors check
 * it directly before they write to the vendor.
 */
public interface SendBy {

  /** Whether the request may no longer be sent. */
  boolean isPast();
}
