package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.execution.Outcome;
import dev.remit.core.flow.CallResult;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that wait, as MCP's own tasks, in frames as clients send them. */
class McpTasksTest {

  private static final String HANDLE = "proposal-1";
  private static final Value.Obj DECLARED =
      Rig.meta("2026-07-28")
          .with(
              "io.modelcontextprotocol/clientCapabilities",
              Value.object(
                  "extensions", Value.object("io.modelcontextprotocol/tasks", Value.Obj.EMPTY)));
  private static final Value.Obj CALL =
      Value.object("name", "rmm_restart_service", "arguments", Value.object("device", "7"));
  private static final CallResult WAITING =
      new CallResult.Waiting(
          new ProposalId(HANDLE), List.of("1 of tenant.approvers"), Samples.NOW.plusSeconds(600));

  private final Rig rig = new Rig();

  @BeforeEach
  void callsWait() {
    rig.gateway.answer = (request, cut) -> WAITING;
    rig.gateway.resuming = handle -> WAITING;
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private Rig.Reply tasks(String method, String id) {
    return rig.modern(
        "tasks/" + method, Value.object("taskId", id, "_meta", DECLARED), Map.of("Mcp-Name", id));
  }

  private static Value.Obj result(Rig.Reply reply) {
    return reply.json().object("result").orElseThrow();
  }

  private static long code(Rig.Reply reply) {
    return reply.json().object("error").orElseThrow().integer("code").orElseThrow();
  }

  private static String status(Rig.Reply reply) {
    assertThat(reply.body()).doesNotContain("input_required");
    assertThat(result(reply).text("resultType")).contains("complete");
    return result(reply).text("status").orElseThrow();
  }

  @Test
  void aCallThatWaitsIsATaskForAClientThatKnowsThose() {
    var told = result(rig.modern("tools/call", CALL.with("_meta", DECLARED)));
    assertThat(told.text("resultType")).contains("task");
    assertThat(told.text("taskId")).contains(HANDLE);
    assertThat(told.text("status")).contains("working");
    assertThat(told.text("createdAt")).contains(Samples.NOW.toString());
    assertThat(told.text("lastUpdatedAt")).isPresent();
    assertThat(told.get("ttlMs")).contains(Value.Null.NULL);
    assertThat(told.integer("pollIntervalMs")).isPresent();
    assertThat(told.text("statusMessage").orElseThrow()).contains("1 of tenant.approvers");
    assertThat(told.get("content")).isEmpty();
  }

  @Test
  void aPlanIsATaskToo() {
    var plan =
        Value.object(
            "name",
            "remit_propose_plan",
            "arguments",
            Value.object(
                "steps",
                List.of(
                    Value.object(
                        "tool", "rmm_wipe",
                        "arguments", Value.object("device", "7"),
                        "changes",
                            List.of(
                                Value.object("target", "rmm/device/7", "attribute", "role"))))));
    var told = result(rig.modern("tools/call", plan.with("_meta", DECLARED)));
    assertThat(told.text("taskId")).contains("plan-1");
    assertThat(rig.gateway.plans.getFirst().steps().getFirst().changes()).hasSize(1);
    assertThat(rig.modern("tools/call", plan).meta("handle")).isEqualTo(Value.of("plan-1"));
    assertThat(rig.legacy("tools/call", plan).meta("handle")).isEqualTo(Value.of("plan-1"));
  }

  @Test
  void aPlanOfAnotherFormIsToldSoAndAsksNobody() {
    for (var steps :
        List.of(
            Value.of("all"),
            new Value.Array(List.of()),
            new Value.Array(List.of(Value.object("tool", "rmm_wipe", "extra", 1))),
            new Value.Array(List.of(Value.of("rmm_wipe"))))) {
      var call =
          Value.object("name", "remit_propose_plan", "arguments", Value.object("steps", steps));
      var reply = rig.modern("tools/call", call.with("_meta", DECLARED));
      assertThat(reply.isError()).as(reply.body()).isTrue();
    }
    assertThat(rig.gateway.plans).isEmpty();
  }

  @Test
  void anybodyElseHearsWordsAndNoTask() {
    var plain = rig.modern("tools/call", CALL);
    assertThat(result(plain).text("resultType")).contains("complete");
    assertThat(plain.meta("handle")).isEqualTo(Value.of(HANDLE));
    assertThat(rig.legacy("tools/call", CALL).meta("handle")).isEqualTo(Value.of(HANDLE));
    var wrong =
        DECLARED.with(
            "io.modelcontextprotocol/clientCapabilities",
            Value.object("io.modelcontextprotocol/tasks", Value.Obj.EMPTY));
    assertThat(rig.modern("tools/call", CALL.with("_meta", wrong)).isError()).isTrue();
  }

  @Test
  void whatDoesNotWaitIsAnsweredAsEver() {
    rig.gateway.answer = (request, cut) -> FakeGateway.succeeded("done");
    var reply = rig.modern("tools/call", CALL.with("_meta", DECLARED));
    assertThat(result(reply).text("resultType")).contains("complete");
    assertThat(reply.words()).isEqualTo("done");
  }

  @Test
  void aTaskWorksWhilePeopleAreAskedAndCompletesWithTheOutcome() {
    assertThat(status(tasks("get", HANDLE))).isEqualTo("working");
    rig.gateway.resuming = handle -> FakeGateway.succeeded("restarted");
    for (int i = 0; i < 2; i++) {
      var done = tasks("get", HANDLE);
      assertThat(status(done)).isEqualTo("completed");
      assertThat(result(done).object("result").orElseThrow().items("content")).hasSize(1);
    }
    rig.gateway.resuming = handle -> FakeGateway.ended(Outcome.UNKNOWN, "");
    var unknown = tasks("get", HANDLE);
    assertThat(status(unknown)).isEqualTo("completed");
    assertThat(result(unknown).object("result").orElseThrow().get("isError"))
        .contains(Value.of(true));
  }

  @Test
  void aWithdrawnOneIsCancelledAndARefusedOneCompletesAsAnError() {
    rig.gateway.resuming =
        handle -> new CallResult.Ended(handle, Proposal.State.WITHDRAWN, "not today");
    var withdrawn = tasks("get", HANDLE);
    assertThat(status(withdrawn)).isEqualTo("cancelled");
    assertThat(result(withdrawn).text("statusMessage")).contains("not today");
    rig.gateway.resuming =
        handle -> new CallResult.Ended(handle, Proposal.State.REFUSED, "a person refused it");
    var refused = tasks("get", HANDLE);
    assertThat(status(refused)).isEqualTo("completed");
    assertThat(refused.body()).contains("a person refused it");
  }

  @Test
  void anothersTaskIsNone() {
    for (var method : List.of("get", "update", "cancel")) {
      assertThat(code(tasks(method, "foreign-1"))).isEqualTo(-32602);
    }
    assertThat(rig.gateway.isUntouched()).isTrue();
  }

  @Test
  void updatingIsAcknowledgedAndChangesNothing() {
    assertThat(result(tasks("update", HANDLE)).text("resultType")).contains("complete");
    assertThat(rig.gateway.isUntouched()).isTrue();
  }

  @Test
  void cancellingTakesBackWhatWaitsAndRunsNothing() {
    assertThat(result(tasks("cancel", HANDLE)).text("resultType")).contains("complete");
    assertThat(rig.gateway.takenBack).containsExactly(new ProposalId(HANDLE));
    assertThat(rig.gateway.resumed).isEmpty();
  }

  @Test
  void whoDidNotDeclareTheExtensionIsToldSo() {
    for (var method : List.of("tasks/get", "tasks/update", "tasks/cancel")) {
      var reply = rig.modern(method, Value.object("taskId", HANDLE), Map.of("Mcp-Name", HANDLE));
      assertThat(code(reply)).isEqualTo(-32021);
      assertThat(reply.body()).contains("io.modelcontextprotocol/tasks");
    }
    assertThat(rig.gateway.isUntouched()).isTrue();
  }

  @Test
  void theHeaderNamesTheTask() {
    var params = Value.object("taskId", HANDLE, "_meta", DECLARED);
    assertThat(rig.modern("tasks/get", params).status()).isEqualTo(400);
    assertThat(rig.modern("tasks/get", params, Map.of("Mcp-Name", "other")).status())
        .isEqualTo(400);
    assertThat(rig.gateway.isUntouched()).isTrue();
  }

  @Test
  void theExtensionIsAnnouncedToTheNewerRevisionOnly() {
    var discovered = rig.modern("server/discover", Value.Obj.EMPTY);
    assertThat(discovered.body()).contains("io.modelcontextprotocol/tasks");
    var initialized = rig.legacy("initialize", Value.object("protocolVersion", "2025-11-25"));
    assertThat(initialized.body()).doesNotContain("io.modelcontextprotocol/tasks");
    assertThat(rig.legacy("tasks/get", Value.object("taskId", HANDLE)).body())
        .contains("method not found");
  }
}
