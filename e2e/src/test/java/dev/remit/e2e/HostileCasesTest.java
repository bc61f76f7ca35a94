package dev.remit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import dev.remit.evidence.EvidencePack;
import dev.remit.evidence.TrustFile;
import dev.remit.evidence.VerificationReport;
import dev.remit.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How other systems fail, tried on a running server with its real database, lab and people. The
 * numbers are those of {@code docs/reference/hostile-cases.md}.
 */
class HostileCasesTest {

  private static final int DEVICE = 1003;
  private static final Duration SOON = Duration.ofSeconds(30);

  private static Office office;
  private static Estate estate;

  @BeforeAll
  static void begin() {
    office = Office.shared();
    estate = office.estate();
  }

  private static String opened() {
    return estate
        .agent(Estate.CHANGE)
        .open("restart-service", estate.lab().ticket(1, DEVICE), Calls.device(DEVICE));
  }

  // 2: a tenant-limited reader passes "all tenants".

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/trail",
        "/v1/trail?tenant=",
        "/v1/trail?tenant=*",
        "/v1/trail?tenant=%25",
        "/v1/trail?tenant=harbor-dental",
        "/v1/trail?tenant=northwind-legal&tenant=harbor-dental",
        "/v1/trail?tenant=northwind-legal,harbor-dental",
        "/v1/trail?tenant=_operator",
        "/v1/tasks?tenant=harbor-dental",
        "/v1/tasks?tenant=*",
        "/v1/approvals?tenant=harbor-dental",
        "/v1/approvals?tenant=",
        "/v1/evidence/harbor-dental",
        "/v1/evidence/_operator",
        "/v1/holds/harbor-dental",
        "/v1/oversight/harbor-dental",
        "/v1/agents",
        "/v1/leases",
        "/v1/posture",
        "/console/tasks/harbor-dental",
        "/console/trail/harbor-dental",
        "/console/posture"
      })
  void hostileCase02AClientsPersonReadsNothingOfAnotherClientHoweverTheyAsk(String path) {
    var task = opened();
    var told = office.people().stranger().read(path);
    assertThat(told.text()).doesNotContain(task, "Harbor Dental");
    if (!path.startsWith("/console/posture")) {
      assertThat(told.status()).isIn(400, 403, 404);
    }
  }

  @Test
  void hostileCase02TheirOwnIsShown() {
    var told = office.people().stranger().read("/v1/trail?tenant=" + Estate.NORTHWIND);
    assertThat(told.status()).isEqualTo(200);
    assertThat(office.people().stranger().read("/v1/tenants").text())
        .contains(Estate.NORTHWIND)
        .doesNotContain(Estate.HARBOR);
  }

  // 3: a permission is matched by a pattern on a name that may be empty.

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".*",
        "*",
        "rmm_.*",
        "rmm_*",
        "rmm_restart_service|rmm_get_device",
        "(?i)RMM_RESTART_SERVICE",
        "RMM_RESTART_SERVICE",
        "rmm_restart_service ",
        "rmm.restart_service"
      })
  void hostileCase03ANameIsNoPattern(String name) {
    var agent = estate.agent(Estate.CHANGE);
    var task = opened();
    long before = estate.lab().effects(DEVICE);
    assertThat(agent.call(name, Calls.restart(task, DEVICE)).outcome()).isNotEqualTo("succeeded");
    assertThat(estate.lab().effects(DEVICE)).isEqualTo(before);
    var asked = agent.tryOpen(name, estate.lab().ticket(1, DEVICE), List.of(Calls.device(DEVICE)));
    assertThat(asked.result().object("structuredContent").flatMap(it -> it.text("task"))).isEmpty();
    var wish =
        Value.object(
            "agent",
            "service-desk/harbor-dental/production/change",
            "tenant",
            Estate.HARBOR,
            "taskClass",
            "restart-service",
            "tool",
            name,
            "target",
            Calls.device(DEVICE));
    assertThat(estate.server().peoplePost("/v1/decide", wish).text()).doesNotContain("\"permit\"");
  }

  // 4: an empty list means everything.

  @Test
  void hostileCase04NoTargetsAreNotAllTargets() {
    var agent = estate.agent(Estate.CHANGE);
    var asked = agent.tryOpen("restart-service", estate.lab().ticket(1, DEVICE), List.of());
    var task = asked.result().object("structuredContent").flatMap(it -> it.text("task"));
    long before = estate.lab().effects(DEVICE);
    if (task.isPresent()) {
      assertThat(agent.call(Calls.RESTART, Calls.restart(task.get(), DEVICE)).outcome())
          .isEqualTo("refused");
    }
    assertThat(estate.lab().effects(DEVICE)).isEqualTo(before);
  }

  @Test
  void hostileCase04WhatIsHandedOnWithoutTargetsOrToolsReachesNone() {
    var agent = estate.agent(Estate.CHANGE);
    var helper = estate.agent("service-desk.harbor-dental.production.observe");
    for (var empty : List.of("targets", "tools")) {
      var wish =
          Value.object(
              "parent", opened(),
              "agent", "service-desk/harbor-dental/production/observe",
              "taskClass", "read-device-health",
              "targets", List.of(Calls.device(DEVICE)),
              "tools", List.of("rmm_list_services"));
      var told = agent.call("remit_delegate", wish.with(empty, Value.texts(List.of())));
      if (empty.equals("tools")) {
        assertThat(told.words()).contains("`tools` names none");
      }
      var child = told.result().object("structuredContent").flatMap(it -> it.text("task"));
      if (child.isPresent()) {
        var read =
            helper.call(
                "rmm_list_services",
                Value.object("device", "" + DEVICE, "remit_task", child.get()));
        assertThat(read.outcome()).as(empty).isEqualTo("refused");
      }
    }
  }

  // 21: a credential in a prompt, argument, log or error text.

  @Test
  void hostileCase21ACredentialThatAnAgentSendsIsNeitherPassedOnNorWrittenDown()
      throws IOException {
    var agent = estate.agent(Estate.CHANGE);
    var secret = "AKIA" + "REMIT0HOSTILE021";
    var token = estate.agent(Estate.CLERK).token();
    var task = opened();
    long before = estate.lab().effects(DEVICE);
    var told =
        agent.call(
            Calls.RESTART,
            Value.object("device", "" + DEVICE, "service", secret, "remit_task", task));
    assertThat(told.reason()).isEqualTo("secret-in-arguments");
    assertThat(Json.text(told.message())).doesNotContain(secret);
    assertThat(estate.lab().effects(DEVICE)).isEqualTo(before);
    agent.call(
        "remit_open_task",
        Value.object(
            "taskClass",
            "restart-service",
            "ticket",
            estate.lab().ticket(1, DEVICE),
            "targets",
            List.of(Calls.device(DEVICE)),
            "prompt",
            "use " + secret + " or " + token));
    var written = estate.server().people("/v1/trail?limit=1000&tenant=" + Estate.HARBOR);
    assertThat(written.status()).isEqualTo(200);
    assertThat(written.text()).contains("secret-in-arguments").doesNotContain(secret, token);
    assertThat(office.people().approver().read("/v1/tasks?tenant=" + Estate.HARBOR).text())
        .doesNotContain(secret, token);
    var log = estate.server().data().resolveSibling("server.log");
    assertThat(Files.readString(log)).doesNotContain(secret, token);
  }

  // 35: evidence brings its own keys and certifies itself.

  @Test
  void hostileCase35AnExportIsWorthAsMuchAsTheKeysItsReaderBrought() throws IOException {
    opened();
    var file = Home.fresh("packs-hostile").resolve("pack.jsonl");
    var pack =
        Eventually.is(
            "an export",
            SOON,
            () ->
                Optional.of(estate.server().people("/v1/evidence/" + Estate.HARBOR))
                    .filter(answer -> answer.status() == 200)
                    .map(Http.Answer::text));
    Files.writeString(file, pack);
    var own = TrustFile.read(estate.server().data().resolve("log.pub"));
    var others = TrustFile.read(Estate.shared().server().data().resolve("log.pub"));
    assertThat(EvidencePack.verify(file, Optional.of(own), Optional.empty()).isVerified()).isTrue();
    var unanchored = EvidencePack.verify(file, Optional.empty(), Optional.empty());
    assertThat(unanchored.isVerified()).isFalse();
    assertThat(unanchored.status()).isEqualTo(VerificationReport.Status.NOT_ANCHORED);
    assertThat(EvidencePack.verify(file, Optional.of(others), Optional.empty()).isVerified())
        .isFalse();
  }

  // 13: removing a customisation deletes its history.

  @Test
  void hostileCase13ARetiredAgentKeepsItsHistoryAndItsName() {
    var reason = Value.object("reason", "it is not needed");
    var path = "/v1/agents/triage-reader";
    assertThat(office.operator().post(path + "/retire", reason).status()).isEqualTo(200);
    assertThat(office.operator().read(path).object().text("state")).contains("retired");
    for (var kind : List.of("agent-launched", "agent-retired")) {
      assertThat(Leaves.of(estate.server().trail(Estate.OPERATOR), kind))
          .as(kind)
          .anyMatch(leaf -> Leaves.field(leaf, "agentClass").equals("triage-reader"));
    }
    var again = office.operator().post(path + "/launch", reason);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text()).contains("retired");
  }

  // 19: a hung audit sink stalls everything.

  @Test
  void hostileCase19AReceiverThatHangsHoldsUpNoCallAndTheLogGoesOn() {
    var agent = estate.agent(Estate.CHANGE);
    var task = opened();
    for (int i = 0; i < 3; i++) {
      assertThat(agent.call(Calls.RESTART, Calls.restart(task, DEVICE)).outcome())
          .isIn("succeeded", "joined");
    }
    Eventually.holds("the log goes on", SOON, () -> isInTheLog(task));
    Eventually.holds(
        "the posture says who fails", SOON, () -> sink(Office.SOUR, "state", "failing"));
    var sour = sink(Office.SOUR);
    assertThat(sour.text("lastError").orElse("")).contains("500");
    assertThat(sink(Office.DEAF).integer("behindEntries").orElse(0L)).isPositive();
    assertThat(office.overseer().read("/console/posture").text()).contains("sour is failing");
  }

  /** Whether all that is entered about a task is in the log. */
  private static boolean isInTheLog(String task) {
    var entries =
        estate
            .server()
            .people("/v1/trail?limit=1000&tenant=" + Estate.HARBOR + "&task=" + task)
            .object()
            .items("entries");
    return !entries.isEmpty()
        && entries.stream().allMatch(entry -> ((Value.Obj) entry).get("index").isPresent());
  }

  private static Value.Obj sink(String name) {
    return estate.server().people("/v1/posture").object().items("sinks").stream()
        .map(Value.Obj.class::cast)
        .filter(one -> one.text("sink").equals(Optional.of(name)))
        .findFirst()
        .orElseThrow();
  }

  private static boolean sink(String name, String field, String value) {
    return sink(name).text(field).equals(Optional.of(value));
  }
}
