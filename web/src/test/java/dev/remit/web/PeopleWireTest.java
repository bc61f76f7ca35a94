package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.kill.KillScope;
import dev.remit.core.value.Value;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The people's listener. */
class PeopleWireTest {

  private static final List<String> READINGS =
      List.of(
          "/v1/trail?tenant=harbor-dental",
          "/v1/tasks?tenant=harbor-dental",
          "/v1/approvals?tenant=harbor-dental",
          "/v1/leases",
          "/v1/kill",
          "/v1/posture",
          "/v1/tenants");

  private static final String[] PATHS = {
    "/mcp",
    "/v1/tasks",
    "/v1/tasks/{task}",
    "/v1/tasks/{task}/close",
    "/.well-known/oauth-protected-resource",
    "/.well-known/oauth-protected-resource/mcp",
    "/health/live",
    "/health/ready",
    "/v1/trail",
    "/v1/approvals",
    "/v1/approvals/{tenant}/{proposal}",
    "/v1/approvals/{tenant}/{proposal}/answer",
    "/v1/approvals/{tenant}/{proposal}/withdraw",
    "/v1/me",
    "/v1/keys",
    "/v1/keys/options",
    "/v1/keys/first",
    "/v1/keys/remove",
    "/v1/first-key",
    "/signin",
    "/signin/start/{issuer}",
    "/signin/callback/{issuer}",
    "/signout",
    "/v1/leases",
    "/v1/kill",
    "/v1/kill/lift",
    "/v1/holds/{tenant}",
    "/v1/holds/{tenant}/{hold}/lift",
    "/v1/evidence/{tenant}/entries/{entry}/erase",
    "/v1/tasks/{tenant}/{task}/hold",
    "/v1/tasks/{tenant}/{task}/resume",
    "/v1/tasks/{tenant}/{task}/take-over",
    "/v1/tasks/{tenant}/{task}/close",
    "/v1/work/{tenant}",
    "/v1/work/{tenant}/{task}/tools",
    "/v1/calls",
    "/v1/calls/continue",
    "/v1/cli/token",
    "/v1/cli/end",
    "/v1/oversight",
    "/v1/oversight/{tenant}/challenge",
    "/v1/oversight/{tenant}/certify",
    "/v1/autonomy",
    "/v1/autonomy/{tenant}/promote",
    "/v1/agents",
    "/v1/agents/{agent}",
    "/v1/agents/{agent}/unused",
    "/v1/agents/{agent}/launch",
    "/v1/agents/{agent}/suspend",
    "/v1/agents/{agent}/retire",
    "/v1/agents/{agent}/challenge",
    "/v1/agents/{agent}/certify",
    "/v1/people/gone",
    "/v1/standing",
    "/v1/standing/{tenant}/{proposal}/withdraw",
    "/v1/fatigue",
    "/v1/unknown",
    "/v1/unknown/{tenant}/{call}/resolve",
    "/v1/decide",
    "/v1/posture",
    "/v1/evidence/{tenant}",
    "/v1/evidence/{tenant}/receipts/{call}",
    "/v1/tenants",
    "/openapi.yaml"
  };

  private final Rig rig = new Rig();

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void everyReadingIsAnObjectThatNobodyKeeps() {
    for (var path : READINGS) {
      var reply = rig.people("GET", path, "");
      assertThat(reply.status()).as(path).isEqualTo(200);
      assertThat(reply.json()).isNotNull();
      assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    }
  }

  @Test
  void everyReadingNeedsTheOperatorsToken() {
    for (var path : READINGS) {
      for (var token : List.of("agent-one", "orchestrator", Rig.OPERATOR + "x", "o")) {
        var reply =
            rig.get(
                URI.create(rig.web.peopleUrl() + path), Map.of("Authorization", "Bearer " + token));
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
        Clean.check(reply.body());
      }
      assertThat(rig.get(URI.create(rig.web.peopleUrl() + path), Map.of()).status()).isEqualTo(401);
    }
    assertThat(rig.authenticated).isEmpty();
  }

  @Test
  void theTrailIsAskedForAsTheParametersSay() {
    var reply =
        rig.people(
            "GET",
            "/v1/trail?tenant=harbor-dental&task=t&call=c&since=2026-01-01T00:00:00Z&from=3&limit=5",
            "");
    var entries = reply.json().items("entries");
    assertThat(entries).hasSize(2);
    assertThat(entries.getFirst())
        .isEqualTo(
            Value.object(
                "index", 4,
                "leaf", Value.object("kind", "intent"),
                "body", Value.object("a", 1)));
    assertThat(((Value.Obj) entries.getLast()).get("index")).isEmpty();
    var query = rig.oversight.queries.getFirst();
    assertThat(query.limit()).isEqualTo(5);
    assertThat(query.fromIndex()).isEqualTo(3);
    assertThat(query.task()).isEqualTo(Optional.of("t"));
    assertThat(query.call()).isEqualTo(Optional.of("c"));
  }

  @Test
  void whoReadsEvidenceIsEnteredAndWhoIsRefusedIsNot() {
    rig.people("GET", "/v1/trail?tenant=harbor-dental&call=c", "");
    rig.people("GET", "/v1/tasks?tenant=harbor-dental", "");
    rig.people("GET", "/v1/approvals?tenant=harbor-dental", "");
    rig.people("GET", "/v1/evidence/harbor-dental", "");
    rig.get(URI.create(rig.web.peopleUrl() + "/v1/trail?tenant=harbor-dental"), Map.of());
    rig.people("GET", "/v1/trail?tenant=harbor-dental&limit=0", "");

    assertThat(rig.oversight.reads)
        .containsExactly(
            "operator read trail of harbor-dental c",
            "operator read tasks of harbor-dental",
            "operator read approvals of harbor-dental",
            "operator read evidence of harbor-dental");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/trail",
        "/v1/trail?tenant=",
        "/v1/trail?tenant=Harbor",
        "/v1/trail?tenant=a&tenant=b",
        "/v1/trail?tenant=a&limit=0",
        "/v1/trail?tenant=a&limit=-1",
        "/v1/trail?tenant=a&limit=1001",
        "/v1/trail?tenant=a&from=x",
        "/v1/trail?tenant=a&since=yesterday",
        "/v1/trail?tenant=a&tenants=b",
        "/v1/tasks",
        "/v1/leases?tenant=a"
      })
  void wrongParametersAreProblems(String path) {
    var reply = rig.people("GET", path, "");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(rig.oversight.queries).isEmpty();
    Clean.check(reply.body());
  }

  @Test
  void aKillNamesItsScopeAndReason() {
    var reply =
        rig.people("POST", "/v1/kill", "{\"scope\":\"tenant:harbor-dental\",\"reason\":\"odd\"}");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().items("closed")).hasSize(1);
    assertThat(rig.oversight.killed).containsExactly(new KillScope("tenant:harbor-dental"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"scope\":\"tenant:a\"}",
        "{\"scope\":\"tenant:\",\"reason\":\"x\"}",
        "{\"scope\":\"\",\"reason\":\"x\"}",
        "{\"scope\":\"tenant:a\",\"reason\":\"x\",\"by\":\"me\"}",
        "{\"scope\":\"tenant:a\",\"scope\":\"everything\",\"reason\":\"x\"}"
      })
  void aKillThatIsNotInTheFormKillsNothing(String body) {
    assertThat(rig.people("POST", "/v1/kill", body).status()).isEqualTo(400);
    assertThat(rig.oversight.killed).isEmpty();
  }

  @Test
  void tenantsAreToldAsFarAsTheyAreTheReaders() {
    assertThat(names(rig.people("GET", "/v1/tenants", "")))
        .containsExactly("harbor-dental", "summit-freight");
    assertThat(names(rig.browser(Team.HARBOR_APPROVER).get("/v1/tenants")))
        .containsExactly("harbor-dental");
    assertThat(names(rig.browser(Team.NOBODY).get("/v1/tenants"))).isEmpty();
  }

  private static List<String> names(Rig.Reply reply) {
    return reply.json().items("tenants").stream()
        .map(tenant -> ((Value.Obj) tenant).text("tenant").orElse(""))
        .toList();
  }

  @Test
  void aQuestionIsPassedOnAsItCame() {
    var question =
        "{\"agent\":\"a\",\"taskClass\":\"k\",\"tenant\":\"t\",\"tool\":\"x\",\"target\":\"r\"}";
    assertThat(rig.people("POST", "/v1/decide", question).json().text("decision")).contains("deny");
    assertThat(rig.people("POST", "/v1/decide", "{\"agent\":\"a\"}").status()).isEqualTo(400);
    assertThat(rig.oversight.questions).hasSize(1);
  }

  @Test
  void machinesPathsAreNotHere() {
    for (var path : List.of("/mcp", "/v1/tasks/task-1/close")) {
      assertThat(rig.people("POST", path, "{}").status()).isEqualTo(404);
    }
  }

  @Test
  void theDescriptionNamesEveryPathThatExistsAndNoOther() {
    var yaml = rig.get(URI.create(rig.web.peopleUrl() + "/openapi.yaml"), Map.of()).body();
    var described =
        yaml.lines()
            .filter(line -> line.matches("  /.*:"))
            .map(line -> line.strip().replace(":", ""))
            .toList();
    assertThat(described).containsExactlyInAnyOrder(PATHS);
    assertThat(yaml).startsWith("openapi: 3.1.0");
  }

  @Test
  void aPackLeavesAsItIsReadAndEndsInItsDigest() {
    var reply = rig.people("GET", "/v1/evidence/harbor-dental", "");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).isEqualTo("application/x-ndjson");
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    assertThat(reply.body().lines().toList().getLast()).startsWith("{\"end\":{\"entries\":1,");
    assertThat(rig.people("GET", "/v1/evidence/north-legal", "").status()).isEqualTo(404);
  }

  @Test
  void aReceiptIsAFileOfItsOwn() {
    var reply = rig.people("GET", "/v1/evidence/harbor-dental/receipts/call-1", "");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).startsWith("c2sp.org/tlog-proof@v1\n");
    assertThat(rig.people("GET", "/v1/evidence/north-legal/receipts/call-1", "").status())
        .isEqualTo(404);
  }

  @Test
  void aStrangeHostIsRefusedHereToo() {
    try (var raw = new Raw(rig.web.peopleUrl())) {
      raw.send("GET /v1/tenants HTTP/1.1\r\nHost: evil.example\r\n\r\n");
      assertThat(raw.status()).isEqualTo(403);
    }
  }
}
