package dev.remit.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.lab.vendor.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TokensTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final Tokens tokens = new Tokens(now::get, Duration.ofSeconds(60));

  @Test
  void aTokenIsDeadAtItsExpiry() {
    String text = tokens.issue("c", Set.of("monitoring"));
    now.set(Instant.ofEpochSecond(59));
    assertThat(tokens.live(text)).isPresent();
    now.set(Instant.ofEpochSecond(60));
    assertThat(tokens.live(text)).isEmpty();
  }

  @Test
  void aRevokedTokenIsDeadAtOnce() {
    String text = tokens.issue("c", Set.of("monitoring"));
    String other = tokens.issue("c", Set.of("monitoring"));
    tokens.revoke(text);
    assertThat(tokens.live(text)).isEmpty();
    assertThat(tokens.live(other)).isPresent();
  }

  @Test
  void aTokenIsKeptByItsDigestOnly() {
    String text = tokens.issue("c", Set.of("monitoring"));
    assertThat(tokens.live())
        .singleElement()
        .satisfies(t -> {
          assertThat(t.digest()).isEqualTo(Tokens.digest(text)).hasSize(64);
          assertThat(t.toString()).doesNotContain(text);
        });
  }
}
