package dev.remit.bench.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadTest {

  @ParameterizedTest
  @ValueSource(ints = {100, 1_000, 10_000})
  void itHasAsManyPoliciesAsItSaysAndTwentyGuardrails(int size) {
    String text = new Workload(size).text();
    assertThat(text.lines()).hasSize(size);
    assertThat(text.lines().filter(line -> line.startsWith("forbid (principal, action, resource)")))
        .hasSize(20);
  }

  @Test
  void tenPoliciesStandUnderTheSameGuardrails() {
    assertThat(new Workload(10).text().lines()).hasSize(30);
  }

  @Test
  void bothEnginesPermitEveryRequest() {
    var workload = new Workload(100);
    assertThat(new CompiledSide(workload).bytesPerDecision()).isLessThan(1_000);
    assertThat(CedarJavaSide.decisions(workload, 40).count()).isEqualTo(40);
  }

  @Test
  void figuresNameEverySizeAndLeaveOutWhatWasNotMeasured() {
    var figures = new DecisionFigures();
    DecisionFigures.SIZES.forEach(size -> figures.put("us_p50_" + size, size / 1e4));
    assertThat(Json.text(figures.json())).contains("\"us_p50_10000\":1").doesNotContain("sapl");
    assertThat(figures.flatness()).isEqualTo(1_000);
    assertThat(figures.table()).contains("10000").contains("-");
  }
}
