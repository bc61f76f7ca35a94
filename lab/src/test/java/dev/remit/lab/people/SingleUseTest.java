package dev.remit.lab.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SingleUseTest {
  private Instant now = Instant.EPOCH;
  private final SingleUse<String> values = new SingleUse<>(() -> now, Duration.ofMinutes(1));

  @Test
  void aValueIsTakenOnce() {
    String name = values.keep("x");
    assertThat(values.take(name)).contains("x");
    assertThat(values.take(name)).isEmpty();
  }

  @Test
  void aValueIsOverAtItsEnd() {
    String early = values.keep("x");
    now = now.plusSeconds(59);
    assertThat(values.take(early)).contains("x");
    String late = values.keep("y");
    now = now.plusSeconds(60);
    assertThat(values.take(late)).isEmpty();
  }

  @Test
  void namesCannotBeGuessed() {
    assertThat(values.keep("x")).hasSize(43).isNotEqualTo(values.keep("x"));
    assertThat(values.take("")).isEmpty();
  }
}
