package dev.remit.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerifiedTest {
  @Test
  void theNextCheckRunsOnlyOnAProvenValue() {
    Verified<Integer> proven = Verified.proven(1);
    assertThat(proven.then(one -> Verified.proven(one + 1))).isEqualTo(Verified.proven(2));
    Verified<Integer> refuted = Verified.refuted(Refutation.FORK, "two histories");
    assertThat(refuted.then(one -> Verified.proven("never")))
        .isEqualTo(Verified.refuted(Refutation.FORK, "two histories"));
    assertThat(refuted.isProven()).isFalse();
  }
}
