package dev.remit.web;

import static dev.remit.web.AccessRig.decisions;
import static dev.remit.web.AccessRig.found;
import static dev.remit.web.AccessRig.nextToken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.advice.Access;
import dev.remit.core.advice.Advice;
import dev.remit.core.advice.Advisor;
import dev.remit.core.tenant.TenantId;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What hostile and clumsy enforcement points hear. */
class AccessWireTest {

  private static final String EVALUATION = "/access/v1/evaluation";
  private static final String GOOD = asked("1");

  private final Even advisor = new Even();
  private final AccessRig rig = new AccessRig(advisor);

  @AfterEach
  void stop() {
    rig.close();
  }

  /** Permits what is done to resources of an even number; knows two thousand of them. */
  private static final class Even implements Advisor, Advisor.View {

    final List<TenantId> tenants = Collections.synchronizedList(new ArrayList<>());
    final List<Access> asked = Collections.synchronizedList(new ArrayList<>());
    volatile Runnable before = () -> {};

    @Override
    public View of(TenantId tenant) {
      tenants.add(tenant);
      return this;
    }

    @Override
    public Advice on(Access access) {
      before.run();
      asked.add(access);
      return Integer.parseInt(access.resource().id()) % 2 == 0
          ? Advice.permit()
          : Advice.deny("odd");
    }

    @Override
    public List<String> subjects(String type, int from, int atMost) {
      return List.of();
    }

    @Override
    public List<String> resources(String type, int from, int atMost) {
      return IntStream.range(from, Math.min(from + atMost, 2_000))
          .mapToObj(Integer::toString)
          .toList();
    }

    @Override
    public List<String> actions(Access.Entity subject, int from, int atMost) {
      return List.of();
    }
  }

  private static String asked(String resource) {
    return "{\"subject\":{\"type\":\"agent\",\"id\":\"a\"},\"action\":{\"name\":\"x\"},"
        + resource(resource)
        + "}";
  }

  private static String resource(String id) {
    return "\"resource\":{\"type\":\"n\",\"id\":\"" + id + "\"}";
  }

  private static String batch(String options, String... resources) {
    var items = new ArrayList<String>();
    for (String resource : resources) {
      items.add("{" + resource(resource) + "}");
    }
    return "{\"subject\":{\"type\":\"agent\",\"id\":\"a\"},\"action\":{\"name\":\"x\"},"
        + options
        + "\"evaluations\":["
        + String.join(",", items)
        + "]}";
  }

  private static String semantic(String name) {
    return "\"options\":{\"evaluations_semantic\":\"" + name + "\"},";
  }

  private static String search(String page) {
    return "{\"subject\":{\"type\":\"agent\",\"id\":\"a\"},\"action\":{\"name\":\"x\"},"
        + "\"resource\":{\"type\":\"n\"}"
        + page
        + "}";
  }

  @Test
  void whoeverIsNotARegisteredEnforcementPointLearnsNothing() {
    var open = rig.rig.post(URI.create(rig.rig.web.machinesUrl() + EVALUATION), GOOD, Map.of());
    assertThat(open.status()).isEqualTo(401);
    assertThat(open.header("WWW-Authenticate")).startsWith("Bearer ");
    assertThat(as("unknown", EVALUATION).status()).isEqualTo(401);
    assertThat(as(Rig.OPERATOR, EVALUATION).status()).isEqualTo(401);
    assertThat(as("away", EVALUATION).status()).isEqualTo(503);
    var agent = as("agent-one", EVALUATION);
    var orchestrator = as("orchestrator", EVALUATION);
    assertThat(agent.status()).isEqualTo(403);
    assertThat(orchestrator.status()).isEqualTo(403);
    assertThat(agent.body()).isEqualTo(orchestrator.body());
    assertThat(advisor.asked).isEmpty();
  }

  @Test
  void aForeignTenantAndNoneAtAllSoundAlike() {
    var foreign = as("pep", "/tenants/northwind-legal" + EVALUATION);
    var none = as("pep", "/tenants/nobody" + EVALUATION);
    assertThat(foreign.status()).isEqualTo(403);
    assertThat(foreign.body()).isEqualTo(none.body());
    assertThat(none.status()).isEqualTo(403);
    assertThat(as("pep-of-none", EVALUATION).body()).isEqualTo(none.body());
    assertThat(advisor.tenants).isEmpty();
  }

  @Test
  void anEnforcementPointOfSeveralTenantsSaysWhich() {
    assertThat(as("pep-of-two", EVALUATION).status()).isEqualTo(400);
    assertThat(as("pep-of-two", "/tenants/northwind-legal" + EVALUATION).status()).isEqualTo(200);
    assertThat(advisor.tenants).containsExactly(new TenantId("northwind-legal"));
  }

  @Test
  void anEnforcementPointMakesNoCallsAndOpensNoTasks() {
    assertThat(as("pep", "/mcp").status()).isGreaterThanOrEqualTo(400);
    var task = "{\"agent\":\"" + Samples.AGENT.text() + "\",\"taskClass\":\"t\",\"ticket\":\"1\"}";
    assertThat(rig.ask("/v1/tasks", task).status()).isEqualTo(400);
    rig.evaluation(asked("2"));
    assertThat(rig.rig.gateway.isUntouched()).isTrue();
  }

  @Test
  void whatIsNotStrictJsonOrOfAnotherTypeIsRefused() {
    for (String body :
        List.of(
            "[]",
            "{\"subject\":{\"type\":\"a\",\"type\":\"b\",\"id\":\"a\"}}",
            GOOD.replace("\"a\"", "\"\""),
            GOOD.replace("\"a\"", "\"" + "a".repeat(1_025) + "\""),
            GOOD.replace("\"id\":\"a\"", "\"id\":\"a\",\"properties\":[]"),
            GOOD.replace("\"id\":\"a\"", "\"id\":\"a\",\"properties\":null"),
            GOOD.replace("{\"subject\"", "{\"context\":\"now\",\"subject\""))) {
      assertThat(rig.evaluation(body).status()).as(body).isEqualTo(400);
    }
    for (String body :
        List.of(
            GOOD.replace("{\"subject\"", "{\"evaluations\":{},\"subject\""),
            GOOD.replace("{\"subject\"", "{\"evaluations\":[1],\"subject\""),
            batch(semantic("permit_all"), "1"),
            batch("\"options\":[],", "1"),
            batch("\"options\":{\"evaluations_semantic\":1},", "1"),
            batch("\"context\":1,", "1"))) {
      assertThat(rig.evaluations(body).status()).as(body).isEqualTo(400);
    }
    assertThat(advisor.asked).isEmpty();
  }

  @Test
  void aBatchStopsWhereItsSemanticSays() {
    assertThat(decisions(rig.evaluations(batch(semantic("execute_all"), "1", "2", "3"))))
        .containsExactly(false, true, false);
    assertThat(decisions(rig.evaluations(batch(semantic("deny_on_first_deny"), "2", "1", "4"))))
        .containsExactly(true, false);
    assertThat(decisions(rig.evaluations(batch(semantic("permit_on_first_permit"), "1", "2", "4"))))
        .containsExactly(false, true);
    assertThat(advisor.asked).hasSize(7);
  }

  @Test
  void aBatchIsBounded() {
    var hundred = IntStream.range(0, 100).mapToObj(Integer::toString).toArray(String[]::new);
    assertThat(decisions(rig.evaluations(batch("", hundred)))).hasSize(100);
    advisor.asked.clear();
    var more = IntStream.range(0, 101).mapToObj(Integer::toString).toArray(String[]::new);
    assertThat(rig.evaluations(batch("", more)).status()).isEqualTo(400);
    assertThat(advisor.asked).isEmpty();
  }

  @Test
  void whatTheTimeDoesNotReachIsDenied() {
    advisor.before = () -> rig.rig.clock.pass(Duration.ofSeconds(3));
    var reply = rig.evaluations(batch("", "2", "4"));
    assertThat(decisions(reply)).containsExactly(true, false);
    assertThat(reply.body()).contains("\"status\":503");
    var page = rig.search("resource", search(""));
    assertThat(found(page, "n")).containsExactly("0");
    assertThat(nextToken(page)).isNotEmpty();
  }

  @Test
  void aSearchGoesThroughEverythingPageByPage() {
    var all = new ArrayList<String>();
    var page = rig.search("resource", search(""));
    int pages = 1;
    all.addAll(found(page, "n"));
    while (!nextToken(page).isEmpty()) {
      page = rig.search("resource", search(",\"page\":{\"token\":\"" + nextToken(page) + "\"}"));
      all.addAll(found(page, "n"));
      assertThat(found(page, "n")).hasSizeLessThanOrEqualTo(100);
      pages++;
    }
    assertThat(all).hasSize(1_000).doesNotHaveDuplicates();
    assertThat(pages).isBetween(10, 12);
  }

  @Test
  void aTokenOpensItsOwnSearchAlone() {
    var token = nextToken(rig.search("resource", search(",\"page\":{\"limit\":3}")));
    assertThat(found(rig.search("resource", search(page(token, ""))), "n"))
        .containsExactly("6", "8", "10");
    assertThat(rig.search("resource", search(page(token, ",\"limit\":4"))).status()).isEqualTo(400);
    assertThat(rig.search("resource", search(page("AAAA", ""))).status()).isEqualTo(400);
    assertThat(rig.search("resource", search(page("*", ""))).status()).isEqualTo(400);
    var other = search(page(token, "")).replace("\"id\":\"a\"", "\"id\":\"b\"");
    assertThat(rig.search("resource", other).status()).isEqualTo(400);
    assertThat(rig.search("resource", search(",\"page\":{\"limit\":-1}")).status()).isEqualTo(400);
    assertThat(rig.search("resource", search(",\"page\":7")).status()).isEqualTo(400);
  }

  private static String page(String token, String more) {
    return ",\"page\":{\"token\":\"" + token + "\"" + more + "}";
  }

  @Test
  void aRequestIdThatIsNoIdentifierIsRefusedAndNotSentBack() {
    var reply = rig.ask(EVALUATION, GOOD, Map.of("X-Request-ID", "a b"));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.header("X-Request-ID")).isEmpty();
    assertThat(rig.ask(EVALUATION, GOOD, Map.of("X-Request-ID", "x".repeat(257))).status())
        .isEqualTo(400);
  }

  @Test
  void withoutPolicyNothingIsSaid() {
    rig.rig.advisor =
        tenant -> {
          throw new dev.remit.core.release.Releases.PolicyUnavailableException("none");
        };
    var reply = rig.ask(EVALUATION, GOOD, Map.of("X-Request-ID", "7"));
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.header("Content-Type")).startsWith("text/plain");
    assertThat(reply.header("X-Request-ID")).isEqualTo("7");
  }

  private Rig.Reply as(String token, String path) {
    return rig.ask(path, GOOD, Map.of("Authorization", "Bearer " + token));
  }
}
