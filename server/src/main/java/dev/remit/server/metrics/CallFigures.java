package dev.remit.server.metrics;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.flow.CallResult;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What became of calls and questions, and how long they took. */
public final class CallFigures {

  private static final double NANOS = 1e9;

  private final Counter calls;
  private final Histogram callSeconds;
  private final Counter tasks;
  private final Counter questions;
  private final Histogram questionSeconds;

  CallFigures(PrometheusRegistry registry) {
    calls =
        Counter.builder()
            .name("remit_calls_total")
            .help("Calls of agents by what became of them and, of refusals, why.")
            .labelNames("result", "reason")
            .register(registry);
    callSeconds =
        Histogram.builder()
            .name("remit_call_seconds")
            .help("Time to the answer of a call, with everything in it.")
            .labelNames("result")
            .classicUpperBounds(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
            .classicOnly()
            .register(registry);
    tasks =
        Counter.builder()
            .name("remit_task_requests_total")
            .help("Requests to open tasks by what became of them.")
            .labelNames("result")
            .register(registry);
    questions =
        Counter.builder()
            .name("remit_authzen_questions_total")
            .help("Questions of enforcement points by the answer.")
            .labelNames("answer")
            .register(registry);
    questionSeconds =
        Histogram.builder()
            .name("remit_authzen_seconds")
            .help("Time to the answer of a question.")
            .classicUpperBounds(0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.1, 1)
            .classicOnly()
            .register(registry);
  }

  /** What a call came to. */
  record Word(String result, String reason) {

    static Word of(CallResult result) {
      return switch (result) {
        case CallResult.Answered answered -> new Word(answered.outcome().text(), "");
        case CallResult.Joined ignored -> new Word("joined", "");
        case CallResult.Waiting ignored -> new Word("waiting", "");
        case CallResult.Refused(var ignored, ReasonCode reason) ->
            new Word("refused", reason.code());
        case CallResult.TooMany ignored -> new Word("refused", "too-many-targets");
        case CallResult.InvalidArguments ignored -> new Word("refused", "invalid-arguments");
        case CallResult.UnknownTool ignored -> new Word("refused", "unknown-tool");
        case CallResult.Ended ended ->
            new Word("ended", ended.state().name().toLowerCase(java.util.Locale.ROOT));
        case CallResult.Planned ignored -> new Word("planned", "");
        case CallResult.NoPlan(var ignored, CallResult why) ->
            new Word("refused", of(why).reason());
      };
    }
  }

  void call(CallResult result, long nanos) {
    var word = Word.of(result);
    calls.labelValues(word.result(), word.reason()).inc();
    callSeconds.labelValues(word.result()).observe(nanos / NANOS);
  }

  void task(String result) {
    tasks.labelValues(result).inc();
  }

  void question(boolean isPermitted, long nanos) {
    questions.labelValues(isPermitted ? "permit" : "deny").inc();
    questionSeconds.observe(nanos / NANOS);
  }
}
