package dev.remit.policy.opa;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Stops asking for a while after so many questions in a row had no answer; then lets one through to
 * see. It never lets anything pass: while it is open everything is denied at once.
 */
final class Breaker {

  private final int failuresToOpen;
  private final Duration pause;
  private final InstantSource clock;
  private int failures;
  private Instant openUntil = Instant.MIN;

  Breaker(int failuresToOpen, Duration pause, InstantSource clock) {
    this.failuresToOpen = failuresToOpen;
    this.pause = pause;
    this.clock = clock;
  }

  /** Whether this question may be asked; when a pause is over, one may, and others after it. */
  synchronized boolean mayAsk() {
    if (failures < failuresToOpen) {
      return true;
    }
    var now = clock.instant();
    if (now.isBefore(openUntil)) {
      return false;
    }
    openUntil = now.plus(pause);
    return true;
  }

  /** There was an answer. */
  synchronized void answered() {
    failures = 0;
  }

  /** There was none. */
  synchronized void failed() {
    failures = Math.min(failures + 1, failuresToOpen);
    if (failures == failuresToOpen) {
      openUntil = clock.instant().plus(pause);
    }
  }
}
