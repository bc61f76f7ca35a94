package dev.remit.core.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TriesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Tries tries = new Tries();

  @Test
  void aCallerIsOverAfterTenInTenMinutesAndNotForEver() {
    for (int i = 0; i < Tries.AT_MOST; i++) {
      assertThat(tries.isOver("a", NOW.plusSeconds(i))).isFalse();
      tries.note("a", NOW.plusSeconds(i));
    }
    assertThat(tries.isOver("a", NOW.plusSeconds(10))).isTrue();
    assertThat(tries.isOver("b", NOW.plusSeconds(10))).isFalse();
    assertThat(tries.isOver("a", NOW.plus(Duration.ofMinutes(10)).minusMillis(1))).isTrue();
    assertThat(tries.isOver("a", NOW.plus(Duration.ofMinutes(10)))).isFalse();
  }
}
