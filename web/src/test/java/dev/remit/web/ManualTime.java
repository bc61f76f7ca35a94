package dev.remit.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes on when it is told. */
final class ManualTime implements InstantSource {

  private volatile Instant now = Samples.NOW;

  @Override
  public Instant instant() {
    return now;
  }

  synchronized void pass(Duration time) {
    now = now.plus(time);
  }
}
