package dev.remit.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.decision.Decision;
import dev.remit.core.decision.Decision.Deny;
import dev.remit.core.decision.Decision.NeedsApproval;
import dev.remit.core.decision.Decision.Permit;
import dev.remit.core.decision.DecisionPoint;
import dev.remit.core.decision.Question;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.policy.opa.OpaDecisionPoint;
import dev.remit.policy.opa.OpaEndpoint;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** OPA can only add denials, whatever it does; against a server that answers as OPA documents. */
class OpaContractTest {

  private static final String PATH = "remit/decision";
  private static final Permit PERMIT = new Permit(List.of("p1"));
  private static final NeedsApproval ASK =
      new NeedsApproval(List.of("a1"), List.of(World.rule("r", "true")));
  private static final Deny DENY = new Deny(ReasonCode.OUTSIDE_WINDOW, List.of("d1"), "closed");

  private final FakeOpa opa = new FakeOpa();
  private final HttpClient http = OpaDecisionPoint.client();
  private final AtomicReference<Instant> now = new AtomicReference<>(World.MONDAY_NOON);

  @AfterEach
  void stop() {
    opa.close();
    http.shutdownNow();
  }

  private record Said(Decision decision) implements DecisionPoint {
    @Override
    public Decision decide(Question question) {
      return decision;
    }

    @Override
    public String contentOf(String policy) {
      return "content of " + policy;
    }
  }

  private OpaDecisionPoint over(Decision first, Duration within) {
    return new OpaDecisionPoint(
        new Said(first),
        new OpaEndpoint(opa.base(), PATH, within, Optional.of(() -> "secret-token")),
        http,
        now::get);
  }

  private Decision decide(Decision first) {
    return over(first, Duration.ofSeconds(2)).decide(question());
  }

  private static Question question() {
    return World.ask("restart", "rmm_restart").question(World.release());
  }

  private void says(Object allow) {
    opa.documents.put(PATH, input -> Optional.of(Value.object("allow", allow)));
  }

  @Test
  void anAllowLeavesTheDecisionAsItWas() {
    says(true);
    assertThat(decide(PERMIT)).isEqualTo(PERMIT);
    assertThat(decide(ASK)).isEqualTo(ASK);
  }

  @Test
  void aDenyIsNeverAskedAboutNorLifted() {
    says(true);
    assertThat(decide(DENY)).isEqualTo(DENY);
    assertThat(opa.inputs).isEmpty();
  }

  @Test
  void aRefusalDeniesWhatWasPermittedAndWhatWasAskedFor() {
    opa.documents.put(
        PATH, input -> Optional.of(Value.object("allow", false, "reason", "frozen until monday")));
    for (var first : List.of(PERMIT, ASK)) {
      assertThat(decide(first))
          .isInstanceOfSatisfying(
              Deny.class,
              deny -> {
                assertThat(deny.reason()).isEqualTo(ReasonCode.GUARDRAIL);
                assertThat(deny.determining()).containsExactly("opa:" + PATH);
                assertThat(deny.detail()).contains("frozen until monday");
              });
    }
  }

  @Test
  void thePolicySeesTheFactsOfTheQuestion() {
    opa.documents.put(
        PATH,
        input ->
            Optional.of(
                Value.object(
                    "allow",
                    input
                        .object("target")
                        .flatMap(target -> target.object("attributes"))
                        .flatMap(attributes -> attributes.text("role"))
                        .equals(Optional.of("workstation")))));
    assertThat(decide(PERMIT)).isEqualTo(PERMIT);
    var input = opa.inputs.getFirst();
    assertThat(input.members().keySet())
        .containsExactlyInAnyOrder(
            "agent", "task", "chain", "tool", "tenant", "arguments", "approvals", "at", "target");
    assertThat(input.object("agent").flatMap(agent -> agent.text("tenant"))).contains("harbor");
    assertThat(input.object("tool").flatMap(tool -> tool.text("name"))).contains("rmm_restart");
  }

  @Test
  void anUndefinedDocumentDenies() {
    assertUnavailable(decide(PERMIT), "undefined");
  }

  @Test
  void aShapeOtherThanTheAgreedOneDenies() {
    var text = Value.of("true");
    for (Value result :
        List.of(
            Value.of(true),
            text,
            Value.Null.NULL,
            Value.texts(List.of("allow")),
            Value.object("permit", true),
            Value.object("allow", "true"),
            Value.object("allow", 1),
            Value.object("allow", Value.Null.NULL))) {
      opa.documents.put(PATH, input -> Optional.of(result));
      now.updateAndGet(instant -> instant.plusSeconds(60));
      assertUnavailable(decide(PERMIT), "allow");
    }
  }

  @Test
  void anErrorARedirectAndGarbageDeny() {
    String yes = "{\"result\":{\"allow\":true}}";
    for (int status : List.of(201, 204, 400, 401, 404, 500, 503)) {
      opa.raw = Optional.of(exchange -> FakeOpa.send(exchange, status, status == 204 ? "" : yes));
      assertUnavailable(decide(PERMIT), "status " + status);
    }
    opa.raw =
        Optional.of(exchange -> {
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          FakeOpa.send(exchange, 307, yes);
        });
    assertUnavailable(decide(PERMIT), "status 307");
    for (String body :
        List.of(
            "",
            "yes",
            "[]",
            yes + yes,
            "{\"result\":{\"allow\":true,\"allow\":true}}",
            "{\"result\":{\"allow\":true}")) {
      opa.raw = Optional.of(exchange -> FakeOpa.send(exchange, 200, body));
      assertUnavailable(decide(PERMIT), "");
    }
  }

  @Test
  void anAnswerWithoutEndDenies() {
    String yes = "{\"result\":{\"allow\":true,\"reason\":\"" + "x".repeat(70_000) + "\"}}";
    opa.raw = Optional.of(exchange -> FakeOpa.send(exchange, 200, yes));
    assertUnavailable(decide(PERMIT), "no answer");
  }

  @Test
  void anAnswerThatComesTooLateDenies() throws InterruptedException {
    var hold = new CountDownLatch(1);
    opa.raw =
        Optional.of(exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          try {
            hold.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    assertUnavailable(over(PERMIT, Duration.ofMillis(150)).decide(question()), "within 150 ms");
    hold.countDown();
  }

  @Test
  void aServerThatIsNotThereDenies() {
    opa.close();
    assertUnavailable(decide(PERMIT), "no answer");
  }

  @Test
  void theTokenIsSentAndShownToNobody() {
    opa.token = Optional.of("secret-token");
    says(true);
    assertThat(decide(PERMIT)).isEqualTo(PERMIT);
    opa.token = Optional.of("another");
    var refused = decide(PERMIT);
    assertUnavailable(refused, "status 401");
    assertThat(refused.toString()).doesNotContain("secret-token");
    var endpoint =
        new OpaEndpoint(opa.base(), PATH, Duration.ofSeconds(1), Optional.of(() -> "secret-token"));
    assertThat(endpoint.toString()).doesNotContain("secret");
  }

  @Test
  void afterSeveralFailuresNothingIsAskedForAWhileAndAllIsDenied() {
    var point = over(PERMIT, Duration.ofSeconds(2));
    opa.raw = Optional.of(exchange -> FakeOpa.send(exchange, 500, "{}"));
    for (int i = 0; i < 8; i++) {
      assertUnavailable(point.decide(question()), "");
    }
    assertThat(opa.inputs).hasSize(5);
    opa.raw = Optional.empty();
    says(true);
    assertUnavailable(point.decide(question()), "not asked");
    now.updateAndGet(instant -> instant.plusSeconds(6));
    assertThat(point.decide(question())).isEqualTo(PERMIT);
    assertThat(point.decide(question())).isEqualTo(PERMIT);
  }

  @Test
  void whileItIsAwayOneQuestionAPauseFindsOut() {
    var point = over(PERMIT, Duration.ofSeconds(2));
    opa.raw = Optional.of(exchange -> FakeOpa.send(exchange, 500, "{}"));
    for (int i = 0; i < 5; i++) {
      point.decide(question());
    }
    for (int pause = 0; pause < 3; pause++) {
      now.updateAndGet(instant -> instant.plusSeconds(6));
      for (int i = 0; i < 4; i++) {
        assertUnavailable(point.decide(question()), "");
      }
    }
    assertThat(opa.inputs).hasSize(8);
  }

  @Test
  void anEndpointThatIsNoneIsRefused() {
    for (String path : List.of("", "/a", "a/../b", "a b", "a?x", "a%2fb", "a/")) {
      assertThatThrownBy(() -> endpoint("http://127.0.0.1:1", path, Duration.ofSeconds(1)))
          .as(path)
          .isInstanceOf(InvalidValueException.class);
    }
    for (String base : List.of("file:/etc", "127.0.0.1", "http://h/?x")) {
      assertThatThrownBy(() -> endpoint(base, PATH, Duration.ofSeconds(1)))
          .as(base)
          .isInstanceOf(InvalidValueException.class);
    }
    for (var within : List.of(Duration.ZERO, Duration.ofSeconds(6))) {
      assertThatThrownBy(() -> endpoint("http://127.0.0.1:1", PATH, within))
          .isInstanceOf(InvalidValueException.class);
    }
  }

  private static void endpoint(String base, String path, Duration within) {
    assertThat(new OpaEndpoint(URI.create(base), path, within, Optional.empty())).isNotNull();
  }

  @Test
  void whatPeopleReadComesFromTheFirst() {
    assertThat(over(PERMIT, Duration.ofSeconds(1)).contentOf("p")).isEqualTo("content of p");
  }

  private static void assertUnavailable(Decision decision, String detail) {
    assertThat(decision)
        .isInstanceOfSatisfying(
            Deny.class,
            deny -> {
              assertThat(deny.reason()).isEqualTo(ReasonCode.POLICY_UNAVAILABLE);
              assertThat(deny.detail()).contains(detail);
            });
  }
}
