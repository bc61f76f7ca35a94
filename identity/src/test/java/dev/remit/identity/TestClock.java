package dev.remit.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves when told. */
final class TestClock implements InstantSource {

  private volatile Instant now = TestToken.NOW;

  @Override
  public Instant instant() {
    return now;
  }

  void passes(Duration duration) {
    now = now.plus(duration);
  }
}
