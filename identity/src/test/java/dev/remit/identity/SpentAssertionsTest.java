package dev.remit.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.identity.SpentAssertions.Spending;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SpentAssertionsTest {

  private static final Instant NOW = TestToken.NOW;
  private static final Instant END = NOW.plusSeconds(60);

  private final SpentAssertions spent = new SpentAssertions();

  @Test
  void eachIsTakenOnceAsLongAsItLives() {
    assertThat(spent.spend("a", "1", END, NOW)).isEqualTo(Spending.FIRST);
    assertThat(spent.spend("a", "1", END, END.minusMillis(1))).isEqualTo(Spending.AGAIN);
    assertThat(spent.spend("b", "1", END, NOW)).isEqualTo(Spending.FIRST);
  }

  @Test
  void aClientThatSignsTooManyIsNotHeardAndTakesNothingFromOthers() {
    for (int i = 0; i < SpentAssertions.MOST_OF_ONE; i++) {
      assertThat(spent.spend("a", "n" + i, END, NOW)).isEqualTo(Spending.FIRST);
    }
    assertThat(spent.spend("a", "more", END, NOW)).isEqualTo(Spending.FULL);
    assertThat(spent.spend("a", "n7", END, NOW)).isEqualTo(Spending.AGAIN);
    assertThat(spent.spend("b", "more", END, NOW)).isEqualTo(Spending.FIRST);
    assertThat(spent.spend("a", "more", END.plusSeconds(60), END)).isEqualTo(Spending.FIRST);
  }
}
