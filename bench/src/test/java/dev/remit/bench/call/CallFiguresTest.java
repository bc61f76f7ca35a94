package dev.remit.bench.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.bench.load.Samples;
import dev.remit.core.value.Value;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallFiguresTest {

  private final CallFigures figures =
      new CallFigures(
          samples(1, 100),
          samples(2, 100),
          samples(3, 100),
          samples(5, 100),
          samples(1, 100),
          samples(4, 100),
          Map.of(
              CallFigures.DIRECT,
              3_000.0,
              CallFigures.GOVERNED,
              1_000.0,
              CallFigures.PROXIED,
              2_000.0),
          2.5,
          300);

  /** So many durations of {@code step}, twice {@code step}, ... milliseconds. */
  private static Samples samples(int step, int count) {
    var samples = new Samples();
    for (int i = count; i > 0; i--) {
      samples.add(1_000_000L * i * step);
    }
    return samples;
  }

  @Test
  void theJsonHasEveryKeyThatProgramsReadAndIsFlat() {
    var json = figures.json();
    assertThat(json.members())
        .containsKeys(
            "direct_p50_ms",
            "governed_read_p50_ms",
            "added_read_p50_ms",
            "added_read_p99_ms",
            "added_effect_p50_ms",
            "governed_reads_per_s_16",
            "mcp_proxy_p50_ms",
            "mcp_proxy_calls_per_s_16",
            "ready_s",
            "jvm_rss_mb");
    assertThat(json.members().values())
        .allMatch(value -> value instanceof Value.Int || value instanceof Value.Real);
  }

  @Test
  void whatIsAddedIsOursWithoutTheFloor() {
    var json = figures.json();
    assertThat(json.get("direct_p50_ms")).contains(Value.of(50));
    assertThat(json.get("governed_read_p50_ms")).contains(Value.of(100));
    assertThat(json.get("added_read_p50_ms")).contains(Value.of(50));
    assertThat(json.get("added_read_p99_ms")).contains(Value.of(99));
    assertThat(json.get("added_effect_p50_ms")).contains(Value.of(200));
  }

  @Test
  void theTableShowsThePeerAndTheRatioToTheFloor() {
    assertThat(figures.table())
        .contains("mcp-proxy")
        .containsPattern("read, p50 ms +100 +150 +50.00 +2.00");
  }
}
