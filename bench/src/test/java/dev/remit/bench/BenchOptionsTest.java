package dev.remit.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BenchOptionsTest {

  @Test
  void jsonMayComeBeforeOrAfterTheName() {
    assertThat(BenchOptions.parse(List.of("call", "--json")))
        .isEqualTo(BenchOptions.parse(List.of("--json", "call")))
        .isEqualTo(new BenchOptions("call", true, 0, false));
    assertThat(BenchOptions.parse(List.of("call")).isJson()).isFalse();
    assertThat(BenchOptions.parse(List.of("decision")).name()).isEqualTo("decision");
    assertThat(BenchOptions.parse(List.of("log", "--full")).large()).isEqualTo(10_000_000);
    assertThat(BenchOptions.parse(List.of("log", "--full=2000000")).large()).isEqualTo(2_000_000);
    assertThat(BenchOptions.parse(List.of("identity", "--kill")).isKill()).isTrue();
  }

  @Test
  void anythingElseIsWrongUsage() {
    for (var arguments :
        List.of(
            List.<String>of(),
            List.of("--json"),
            List.of("nothing"),
            List.of("call", "--fast"),
            List.of("call", "--full"),
            List.of("log", "--full=10"),
            List.of("log", "--full="),
            List.of("call", "--full=2000000"),
            List.of("kill", "--kill"),
            List.of("call", "call"))) {
      assertThatThrownBy(() -> BenchOptions.parse(arguments))
          .isInstanceOfSatisfying(
              BenchException.class, refused -> assertThat(refused.exitCode()).isEqualTo(2));
    }
  }
}
