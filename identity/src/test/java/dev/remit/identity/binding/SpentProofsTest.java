package dev.remit.identity.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.identity.binding.SpentProofs.Spending;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SpentProofsTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final long SLOT = NOW.getEpochSecond() / 10;

  @Test
  void itForgetsWithTheNonceAndNotBefore() {
    var spent = new SpentProofs(10);
    assertThat(spent.spend("k", "1", SLOT, NOW)).isEqualTo(Spending.FIRST);
    assertThat(spent.spend("k", "1", SLOT, NOW.plus(Nonces.LIFE))).isEqualTo(Spending.AGAIN);
    assertThat(spent.spend("k", "2", SLOT + 14, NOW.plus(Nonces.LIFE).plusSeconds(20)))
        .isEqualTo(Spending.FIRST);
    assertThat(spent.size()).isEqualTo(1);
  }

  @Test
  void namesAreTheKeysOwn() {
    var spent = new SpentProofs(10);
    assertThat(spent.spend("k", "1", SLOT, NOW)).isEqualTo(Spending.FIRST);
    assertThat(spent.spend("j", "1", SLOT, NOW)).isEqualTo(Spending.FIRST);
  }

  @Test
  void aFullMemoryTakesNothingMoreAndStillKnowsWhatCame() {
    var spent = new SpentProofs(2);
    spent.spend("k", "1", SLOT, NOW);
    spent.spend("k", "2", SLOT, NOW);
    assertThat(spent.spend("k", "3", SLOT, NOW)).isEqualTo(Spending.FULL);
    assertThat(spent.spend("k", "1", SLOT, NOW)).isEqualTo(Spending.AGAIN);
    assertThat(spent.size()).isEqualTo(2);
  }

  @Test
  void aFullReplicaAsksForANewNonce() {
    var key = DpopKey.generate(new SplittableRandom(1));
    var proofs = new DpopProofs(new Nonces("r", new SplittableRandom(2)), 1);
    assertThat(check(proofs, key)).isInstanceOf(DpopProofs.Holds.class);
    assertThat(check(proofs, key)).isEqualTo(new DpopProofs.Again(proofs.nonce(NOW)));
  }

  private static DpopProofs.Checked check(DpopProofs proofs, DpopKey key) {
    var proof =
        key.proof("GET", "http://h/x", Optional.empty(), Optional.of(proofs.nonce(NOW)), NOW);
    return proofs.check(proof, "GET", "http://h/x", Optional.empty(), Optional.empty(), NOW);
  }
}
