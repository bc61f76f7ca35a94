package dev.remit.policy.opa;

import dev.remit.core.decision.Decision;
import dev.remit.core.decision.Decision.Deny;
import dev.remit.core.decision.DecisionPoint;
import dev.remit.core.decision.Question;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.task.TaskClass.AskRule;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Asks OPA what the first decision point did not deny already.
 *
 * <p>Promises: it can only add denials. A deny of the first stands without a question; a permit or
 * a request for approval stands exactly as it was, only if OPA says {@code allow: true} in time.
 * OPA's {@code false} is {@code Deny(guardrail)}; an undefined document, an error, a redirect, a
 * wrong shape, too much or too late is {@code Deny(policy-unavailable)}, and so is everything for a
 * pause after several of those in a row. Thread safe.
 */
public final class OpaDecisionPoint implements DecisionPoint {

  private static final int FAILURES_TO_OPEN = 5;
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final DecisionPoint first;
  private final String name;
  private final OpaClient client;
  private final Breaker breaker;

  /**
   * Puts OPA behind a decision point.
   *
   * @param http follows no redirects: see {@link #client}
   */
  public OpaDecisionPoint(
      DecisionPoint first, OpaEndpoint endpoint, HttpClient http, InstantSource clock) {
    this.first = first;
    this.name = "opa:" + endpoint.path();
    this.client = new OpaClient(endpoint, http);
    this.breaker = new Breaker(FAILURES_TO_OPEN, PAUSE, clock);
  }

  /** The client for it: one for all versions, so that connections are kept. */
  public static HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(Duration.ofSeconds(2))
        .build();
  }

  @Override
  public Decision decide(Question question) {
    var decision = first.decide(question);
    return decision instanceof Deny ? decision : narrowed(decision, question);
  }

  private Decision narrowed(Decision decision, Question question) {
    if (!breaker.mayAsk()) {
      return unavailable("not asked: it did not answer several times in a row");
    }
    return switch (client.ask(question)) {
      case OpaAnswer.Allowed() -> {
        breaker.answered();
        yield decision;
      }
      case OpaAnswer.Refused(String why) -> {
        breaker.answered();
        yield new Deny(
            ReasonCode.GUARDRAIL,
            List.of(name),
            why.isEmpty() ? "refused by " + name : "refused by " + name + ": " + why);
      }
      case OpaAnswer.None(String detail) -> {
        breaker.failed();
        yield unavailable(detail);
      }
    };
  }

  private Deny unavailable(String detail) {
    return new Deny(ReasonCode.POLICY_UNAVAILABLE, List.of(name), name + ": " + detail);
  }

  @Override
  public String contentOf(String policy) {
    return first.contentOf(policy);
  }

  @Override
  public String wordsOf(AskRule rule) {
    return first.wordsOf(rule);
  }
}
