package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.task.Task;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks over HTTP, and what else the machines' listener shows. */
class TasksWireTest {

  private static final String AGENT = "service-desk/harbor-dental/production/change";
  private static final String WISH =
      "{\"agent\":\""
          + AGENT
          + "\",\"taskClass\":\"restart-service\",\"ticket\":\"4711\","
          + "\"targets\":[\"rmm/device/7\"],\"tools\":[\"rmm_restart_service\"]}";

  private final Rig rig = new Rig();

  @AfterEach
  void stop() {
    rig.close();
  }

  private Rig.Reply post(String path, String token, String body) {
    var reply =
        rig.post(
            URI.create(rig.web.machinesUrl() + path),
            body,
            Map.of("Authorization", "Bearer " + token));
    Clean.check(reply.body().replace("\"instance\":\"one\"", ""));
    return reply;
  }

  private Rig.Reply get(String path, String token) {
    return rig.get(
        URI.create(rig.web.machinesUrl() + path), Map.of("Authorization", "Bearer " + token));
  }

  @Test
  void anOrchestratorOpensWatchesAndClosesATask() {
    var opened = post("/v1/tasks", "orchestrator", WISH);
    assertThat(opened.status()).isEqualTo(201);
    assertThat(opened.header("Location")).isEqualTo("/v1/tasks/task-1");
    assertThat(opened.json().text("agent")).contains(AGENT);
    assertThat(get("/v1/tasks/task-1", "orchestrator").json().text("state")).contains("open");
    var closed = post("/v1/tasks/task-1/close", "orchestrator", "{\"state\":\"failed\"}");
    assertThat(closed.status()).isEqualTo(200);
    assertThat(rig.gateway.closings).containsExactly(Task.State.FAILED);
  }

  @Test
  void aTaskThatIsNotTheCallersIsNotThere() {
    var reply = get("/v1/tasks/other", "agent-one");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"taskClass\":\"a\",\"taskClass\":\"b\"}",
        "{\"agent\":\"no-agent\",\"taskClass\":\"a\",\"ticket\":\"1\"}",
        "{\"taskClass\":\"a\",\"ticket\":\"1\"}",
        "{\"agent\":\"a/b/production/change\",\"taskClass\":\"a\",\"ticket\":4711}",
        "{\"agent\":\"a/b/production/change\",\"taskClass\":\"a\",\"ticket\":\"1\",\"targets\":\"x\"}",
        "{\"agent\":\"a/b/production/change\",\"taskClass\":\"a\",\"ticket\":\"1\",\"targets\":[\"x\"]}",
        "{\"agent\":\"a/b/production/change\",\"taskClass\":\"a\",\"ticket\":\"1\",\"tenant\":\"b\"}"
      })
  void hostileCase01AWishThatIsNotInTheFormIsAProblemAndASecondTenantIsNone(String body) {
    var reply = post("/v1/tasks", "orchestrator", body);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(rig.gateway.isUntouched()).isTrue();
  }

  @Test
  void aTaskEndsAsDoneOrFailedOnly() {
    for (var state : List.of("open", "killed", "expired", "DONE", "")) {
      var reply = post("/v1/tasks/task-1/close", "agent-one", "{\"state\":\"" + state + "\"}");
      assertThat(reply.status()).isEqualTo(400);
    }
    assertThat(rig.gateway.isUntouched()).isTrue();
  }

  @Test
  void nobodyOpensATaskWithoutAWorkloadsToken() {
    for (var token : List.of(Rig.OPERATOR, "expired")) {
      assertThat(post("/v1/tasks", token, WISH).status()).isEqualTo(401);
      assertThat(get("/v1/tasks/task-1", token).status()).isEqualTo(401);
    }
    assertThat(post("/v1/tasks", "away", WISH).status()).isEqualTo(503);
    assertThat(rig.gateway.isUntouched()).isTrue();
  }

  @Test
  void clientsFindOutWhereTokensComeFrom() {
    rig.close();
    try (var other =
        new Rig(
            WireConfig.loopback(0, 0).withAuthorizationServers(List.of("https://issuer.test")))) {
      var base = other.web.machinesUrl();
      var path = "/.well-known/oauth-protected-resource";
      var whole = other.get(URI.create(base + path), Map.of()).json();
      assertThat(whole.text("resource")).contains(base);
      assertThat(whole.items("authorization_servers")).hasSize(1);
      var endpoint = other.get(URI.create(base + path + "/mcp"), Map.of()).json();
      assertThat(endpoint.text("resource")).contains(base + "/mcp");
    }
  }

  @Test
  void healthIsAboutTheProcessAndItsDatabase() {
    assertThat(get("/health/ready", "x").status()).isEqualTo(200);
    rig.isReady = false;
    assertThat(get("/health/ready", "x").status()).isEqualTo(503);
    assertThat(get("/health/live", "x").status()).isEqualTo(200);
    assertThat(rig.authenticated).isEmpty();
  }
}
