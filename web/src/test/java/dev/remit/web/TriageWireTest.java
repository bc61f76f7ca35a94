package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.execution.Outcome;
import dev.remit.core.identity.Caller;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent that looks at several clients, through the wire. */
class TriageWireTest {

  private static final String HERE = "triage-reader/harbor-dental/production/observe";
  private static final String THERE = "triage-reader/northwind-legal/production/observe";
  private static final String LOOK = "rmm_device_health";

  private final Rig rig = new Rig();

  @AfterEach
  void stop() {
    rig.close();
  }

  private Rig.Reply tool(String name, Value.Obj arguments) {
    return rig.legacy(
        "triage", Value.of(1), "tools/call", Value.object("name", name, "arguments", arguments));
  }

  private String open(String agent) {
    return tool("remit_open_task", wish().with("agent", Value.of(agent)))
        .result()
        .object("structuredContent")
        .flatMap(task -> task.text("task"))
        .orElseThrow();
  }

  private static Value.Obj wish() {
    return Value.object(
        "taskClass", "read-device-health", "ticket", "4711", "targets", List.of("rmm/device/7"));
  }

  private static Value.Obj look(String task) {
    return Value.object("device", "7", "remit_task", task);
  }

  @Test
  void aCallIsMadeAsTheAgentOfTheTaskItNamesAndSaysOfWhichClientItIs() {
    var here = open(HERE);
    var there = open(THERE);
    for (var one : List.of(List.of(there, THERE), List.of(here, HERE), List.of(there, THERE))) {
      var reply = tool(LOOK, look(one.getFirst()));
      var caller = rig.gateway.calls.getLast().caller();
      assertThat(caller).isInstanceOf(Caller.Agent.class);
      assertThat(caller.name()).isEqualTo(one.getLast());
      assertThat(caller.instance().value()).isEqualTo("reader");
      var tenant = caller.id().tenant().value();
      assertThat(reply.meta("tenant")).isEqualTo(Value.of(tenant));
      assertThat(reply.words()).isEqualTo("of the client `" + tenant + "`:");
      assertThat(reply.result().items("content")).hasSize(2);
    }
  }

  @Test
  void aVendorCannotSayThatItIsOfAnotherClient() {
    rig.gateway.answer =
        (request, cut) ->
            new dev.remit.core.flow.CallResult.Answered(
                new dev.remit.core.call.CallId("call-1"),
                Outcome.SUCCEEDED,
                Samples.text("of the client `northwind-legal`:")
                    .with("_meta", Value.object("dev.remit/tenant", "northwind-legal")),
                "",
                false);
    var reply = tool(LOOK, look(open(HERE)));
    assertThat(reply.meta("tenant")).isEqualTo(Value.of("harbor-dental"));
    assertThat(reply.words()).isEqualTo("of the client `harbor-dental`:");
  }

  @Test
  void aFailureAndARefusalSayOfWhichClientTheyAreToo() {
    rig.gateway.answer = (request, cut) -> FakeGateway.ended(Outcome.UNKNOWN, "no answer");
    var reply = tool(LOOK, look(open(THERE)));
    assertThat(reply.isError()).isTrue();
    assertThat(reply.meta("tenant")).isEqualTo(Value.of("northwind-legal"));
  }

  @Test
  void aCallThatNamesNoTaskIsAtNoClientEvenIfOneTaskAloneIsOpen() {
    open(HERE);
    for (var arguments :
        List.of(
            Value.object("device", "7"),
            look("task-9"),
            look(""),
            look("x".repeat(200)),
            Value.object("device", "7", "remit_task", 1),
            Value.object("device", "7", "tenant", "harbor-dental"),
            Value.object("device", "7", "agent", HERE))) {
      var reply = tool(LOOK, arguments);
      assertThat(reply.isError()).isTrue();
      assertThat(reply.meta("reason")).isEqualTo(Value.of("no-task"));
    }
    assertThat(rig.gateway.calls).isEmpty();
  }

  @Test
  void aTaskOfAThirdClientIsNoTask() {
    var theirs = Samples.task("summit-1");
    rig.gateway.tasks.put(
        theirs.id(),
        Samples.task(
            "summit-1",
            new dev.remit.core.flow.TaskRequest(
                Samples.agent("one"),
                dev.remit.core.identity.AgentId.parse(
                    "triage-reader/summit-freight/production/observe"),
                "read-device-health",
                "1",
                java.util.Set.of(),
                java.util.Set.of(),
                java.util.Optional.empty())));
    assertThat(tool(LOOK, look("summit-1")).meta("reason")).isEqualTo(Value.of("no-task"));
    assertThat(rig.gateway.calls).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "northwind-legal",
        "triage-reader/summit-freight/production/observe",
        "triage-reader/harbor-dental/production/change",
        "triage-reader/harbor-dental/test/observe",
        "service-desk/harbor-dental/production/observe",
      })
  void itOpensTasksAsOneOfItsOwnAgentsOnly(String agent) {
    var wish = agent.isEmpty() ? wish() : wish().with("agent", Value.of(agent));
    var reply = tool("remit_open_task", wish);
    assertThat(reply.isError()).isTrue();
    assertThat(reply.meta("outcome")).isEqualTo(Value.of("invalid"));
    assertThat(http("/v1/tasks", wish).status()).isEqualTo(400);
    assertThat(rig.gateway.wishes).isEmpty();
  }

  @Test
  void theListNamesItsAgentsAndAsksForOne() {
    var tools =
        rig.legacy("triage", Value.of(1), "tools/list", Value.Obj.EMPTY).result().items("tools");
    var opening =
        tools.stream()
            .map(Value.Obj.class::cast)
            .filter(tool -> tool.text("name").orElseThrow().equals("remit_open_task"))
            .findFirst()
            .flatMap(tool -> tool.object("inputSchema"))
            .orElseThrow();
    assertThat(opening.items("required")).contains(Value.of("agent"));
    assertThat(
            opening
                .object("properties")
                .flatMap(all -> all.object("agent"))
                .orElseThrow()
                .items("enum"))
        .containsExactly(Value.of(HERE), Value.of(THERE));
    assertThat(tools)
        .extracting(tool -> ((Value.Obj) tool).text("name").orElseThrow())
        .doesNotHaveDuplicates()
        .contains(LOOK);
    assertThat(Json.text(rig.legacy("tools/list", Value.Obj.EMPTY).result()))
        .doesNotContain("triage-reader");
  }

  @Test
  void statusListsTheTasksOfAllClients() {
    open(HERE);
    open(THERE);
    var told = tool("remit_task_status", Value.Obj.EMPTY).result();
    assertThat(told.object("structuredContent").orElseThrow().items("tasks"))
        .extracting(task -> ((Value.Obj) task).text("tenant").orElseThrow())
        .containsExactlyInAnyOrder("harbor-dental", "northwind-legal");
  }

  @Test
  void aTaskIsShownAndClosedAtItsClient() {
    var there = open(THERE);
    var shown = tool("remit_task_status", Value.object("task", there));
    assertThat(shown.meta("tenant")).isEqualTo(Value.of("northwind-legal"));
    tool("remit_escalate", Value.object("task", there, "reason", "odd"));
    assertThat(rig.gateway.escalations).containsExactly("odd");
    tool("remit_close_task", Value.object("task", there, "state", "done"));
    assertThat(rig.gateway.closings).hasSize(1);
    tool("remit_close_task", Value.object("task", "another", "state", "done"));
    assertThat(rig.gateway.closings).hasSize(1);
  }

  @Test
  void aHandleIsContinuedAtTheClientThatItIsOf() {
    var reply = tool("remit_continue", Value.object("handle", "at-northwind-legal"));
    assertThat(rig.gateway.resumers).extracting(Caller.Agent::name).containsExactly(THERE);
    assertThat(reply.meta("tenant")).isEqualTo(Value.of("northwind-legal"));
    assertThat(tool("remit_continue", Value.object("handle", "at-summit-freight")).isError())
        .isTrue();
    assertThat(rig.gateway.resumers).hasSize(1);
  }

  @Test
  void overHttpATaskIsItsClientsToo() {
    var opened = http("/v1/tasks", wish().with("agent", Value.of(THERE)));
    assertThat(opened.status()).isEqualTo(201);
    assertThat(opened.json().text("tenant")).contains("northwind-legal");
    var path = "/v1/tasks/" + opened.json().text("task").orElseThrow();
    assertThat(get(path).status()).isEqualTo(200);
    assertThat(get("/v1/tasks/another").status()).isEqualTo(404);
    assertThat(http(path + "/close", Value.object("state", "done")).status()).isEqualTo(200);
    assertThat(http("/v1/tasks/another/close", Value.object("state", "done")).status())
        .isEqualTo(404);
    var handedOn =
        Value.object("parent", "another", "agent", HERE, "taskClass", "read-device-health");
    assertThat(http("/v1/tasks", handedOn).status()).isEqualTo(400);
    assertThat(rig.gateway.delegations).isEmpty();
  }

  private Rig.Reply http(String path, Value.Obj body) {
    return rig.post(
        URI.create(rig.web.machinesUrl() + path),
        Json.text(body),
        Map.of("Authorization", "Bearer triage"));
  }

  private Rig.Reply get(String path) {
    return rig.get(
        URI.create(rig.web.machinesUrl() + path), Map.of("Authorization", "Bearer triage"));
  }
}
