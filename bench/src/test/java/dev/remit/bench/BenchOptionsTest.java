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
        .isEqualTo(new BenchOptions("call", true, false, false));
    assertThat(BenchOptions.parse(List.of("call")).isJson()).isFalse();
    assertThat(BenchOptions.parse(List.of("decision")).name()).isEqualTo("decision");
    assertThat(BenchOptions.parse(List.of("log", "--full")).isFull()).isTrue();
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
            List.of("kill", "--kill"),
            List.of("call", "call"))) {
      assertThatThrownBy(() -> BenchOptions.parse(arguments))
          .isInstanceOfSatisfying(
              BenchException.class, refused -> assertThat(refused.exitCode()).isEqualTo(2));
    }
  }
}
