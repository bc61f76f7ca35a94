package dev.remit.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.call.CallId;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.execution.Outcome;
import dev.remit.core.flow.CallResult;
import dev.remit.core.value.Value;
import dev.remit.server.sink.SinkState;
import dev.remit.server.sink.Sinks;
import dev.remit.web.http.OperatorToken;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private static final OperatorToken TOKEN = OperatorToken.of("t".repeat(64));

  private boolean isReady = true;
  private boolean isAway;

  private final Metrics metrics =
      new Metrics(
          () -> {
            if (isAway) {
              throw new IllegalStateException("away");
            }
            return Map.of("approvals_open", 3.0, "log_entries_waiting", 7.0);
          },
          () -> List.of(new Sinks.Lag(new SinkState("soc", 11, 2, "down"), 40, 12.5)),
          () -> Optional.of("sha256:abc"),
          () -> isReady);

  private String page(String accept) {
    return metrics.scrape(TOKEN).page().apply(accept).text();
  }

  @Test
  void callsAreCountedByResultAndReason() {
    metrics
        .calls()
        .call(
            new CallResult.Answered(new CallId("c"), Outcome.SUCCEEDED, Value.Obj.EMPTY, "", false),
            3_000_000);
    metrics.calls().call(new CallResult.Refused(new CallId("c"), ReasonCode.NO_PERMIT), 1_000_000);
    assertThat(page(""))
        .contains("remit_calls_total{reason=\"\",result=\"succeeded\"} 1.0")
        .contains("remit_calls_total{reason=\"no-permit\",result=\"refused\"} 1.0")
        .contains("remit_call_seconds_bucket{result=\"succeeded\",le=\"0.005\"} 1");
  }

  @Test
  void whatStandsInTheDatabaseIsReadWhenSomebodyAsks() {
    assertThat(page(""))
        .contains("remit_ready 1.0")
        .contains("remit_approvals_open 3.0")
        .contains("remit_log_entries_waiting 7.0")
        .contains("remit_sink_lag_entries{sink=\"soc\"} 40.0")
        .contains("remit_sink_lag_seconds{sink=\"soc\"} 12.5")
        .contains("remit_sink_failed_deliveries_total{sink=\"soc\"} 2.0")
        .contains("remit_policy_version_info{version=\"sha256:abc\"} 1")
        .contains("jvm_memory_used_bytes");
  }

  @Test
  void whileTheDatabaseIsAwayItsFiguresAreMissingAndNotOld() {
    isReady = false;
    assertThat(page("")).contains("remit_ready 0.0").doesNotContain("remit_approvals_open");
    isReady = true;
    isAway = true;
    assertThat(page("")).contains("remit_ready 0.0").doesNotContain("remit_approvals_open");
  }

  @Test
  void openMetricsIsGivenToThoseWhoAskForIt() {
    assertThat(page("application/openmetrics-text;version=1.0.0")).endsWith("# EOF\n");
    assertThat(metrics.scrape(TOKEN).page().apply("text/plain").mediaType())
        .startsWith("text/plain; version=0.0.4");
  }
}
