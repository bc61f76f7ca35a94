package dev.remit.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MomentsTest {

  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

  @Test
  void lengthsReadAsPeopleSayThem() {
    assertThat(Moments.length(Duration.ofSeconds(7))).isEqualTo("7 s");
    assertThat(Moments.length(Duration.ofSeconds(61))).isEqualTo("1 min 1 s");
    assertThat(Moments.length(Duration.ofMinutes(24))).isEqualTo("24 min");
    assertThat(Moments.length(Duration.ofMinutes(90))).isEqualTo("1 h 30 min");
    assertThat(Moments.length(Duration.ofDays(3))).isEqualTo("3 days");
    assertThat(Moments.length(Duration.ofSeconds(-5))).isEqualTo("0 s");
  }

  @Test
  void timeIsOverAtTheEndItself() {
    assertThat(Moments.left(NOW, NOW)).isEqualTo("time is over");
    assertThat(Moments.left(NOW.plusSeconds(1), NOW)).isEqualTo("1 s left");
  }

  @Test
  void usedTimeStaysWithinTheWhole() {
    assertThat(Moments.used(NOW, NOW.plusSeconds(100), NOW.plusSeconds(25))).isEqualTo(25);
    assertThat(Moments.used(NOW, NOW.plusSeconds(100), NOW.plusSeconds(900))).isEqualTo(100);
    assertThat(Moments.used(NOW, NOW, NOW.minusSeconds(9))).isZero();
  }
}
