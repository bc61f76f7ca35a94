package dev.remit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Two servers on one database, and what a second one may not have. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplicaTest {

  private static final int DEVICE = 1004;
  private static final Estate ESTATE = Estate.shared();
  private static final Server SECOND =
      Replica.of(ESTATE.server(), "second", Estate.options(ESTATE.lab()));

  @AfterAll
  static void stopTheSecond() {
    SECOND.close();
  }

  @Test
  void hostileCase29AReplicaThatWakesAfterRecoverySendsNothing() throws Exception {
    var agent = ESTATE.agent(Estate.CHANGE);
    var task = agent.open("restart-service", ESTATE.lab().ticket(1, DEVICE), Calls.device(DEVICE));
    long before = ESTATE.lab().effects(DEVICE);
    ESTATE.server().holdAt("before-send");
    var call = agent.begin(Calls.RESTART, Calls.restart(task, DEVICE));
    ESTATE.server().awaitHeld("before-send");
    ESTATE.server().process().pause();
    try {
      ESTATE.server().letGo();
      Eventually.holds(
          "the other replica wrote the outcome",
          Duration.ofSeconds(25),
          () -> outcome(task).equals(Optional.of("unknown")));
    } finally {
      ESTATE.server().process().resume();
    }
    var told = call.get(20, TimeUnit.SECONDS);
    assertThat(told.outcome()).isEqualTo("failed");
    assertThat(told.words()).contains("too late to send");
    assertThat(ESTATE.lab().effects(DEVICE)).isEqualTo(before);

    Eventually.holds(
        "what it found out late is a resolution",
        Duration.ofSeconds(5),
        () -> Leaves.of(trail(task), "resolution").size() == 1);
    assertThat(Leaves.outcomesOfIntents(trail(task)).values()).containsExactly(1L);
    assertThat(outcome(task)).contains("unknown");
    Eventually.holds(
        "no credential is left",
        Duration.ofSeconds(25),
        () -> ESTATE.server().leases().isEmpty() && ESTATE.lab().liveTokens().isEmpty());
    assertThat(ESTATE.lab().effects(DEVICE)).isEqualTo(before);
  }

  private static List<Value.Obj> trail(String task) {
    return SECOND.trail(Estate.HARBOR, Optional.of(task));
  }

  private static Optional<String> outcome(String task) {
    return Leaves.outcome(trail(task));
  }

  @Test
  void bothReplicasServeOneTask() {
    var agent = ESTATE.agent(Estate.CHANGE);
    var task = agent.open("restart-service", ESTATE.lab().ticket(1, DEVICE), Calls.device(DEVICE));
    var read = Value.object("device", "" + DEVICE, "remit_task", task);
    assertThat(agent.call("rmm_get_device", read).outcome()).isEqualTo("succeeded");
    assertThat(agent.callOn(SECOND, "rmm_get_device", read).outcome()).isEqualTo("succeeded");
  }

  @Test
  void aHeldDataFolderIsRefused() {
    var refusal =
        Server.refusing(ESTATE.server().data(), Estate.options(ESTATE.lab()), "refused-folder.log");
    assertThat(refusal.code()).isEqualTo(2);
    assertThat(refusal.output()).contains("another server uses").doesNotContain("Exception");
    assertThat(ESTATE.server().isReady()).isTrue();
  }

  /** Last, because it leaves the second one without connectors. */
  @Test
  @Order(Integer.MAX_VALUE)
  void outsideALabItsTokensAreRefused() throws IOException {
    var config = Files.writeString(Home.TARGET.resolve("no-lab.json"), issuerOfLab());
    SECOND.close();
    SECOND.restart(
        Replica.with(
            ESTATE.server(),
            List.of("--workspace", Estate.WORKSPACE.toString(), "--config", config.toString())));
    var agent = ESTATE.agent(Estate.CHANGE);
    assertThat(agent.rpc(SECOND, agent.token(), "tools/list", Value.Obj.EMPTY).status())
        .isEqualTo(401);
    assertThat(agent.rpc(ESTATE.server(), agent.token(), "tools/list", Value.Obj.EMPTY).status())
        .isEqualTo(200);
  }

  private static String issuerOfLab() {
    var lab = ESTATE.lab();
    return Json.text(
        Value.object(
            "issuers",
            List.of(
                Value.object(
                    "name", "lab",
                    "environments", List.of("production", "staging", "test"),
                    "issuer", lab.text("oidc", "issuer"),
                    "jwksUri", lab.text("oidc", "jwksUri")))));
  }
}
