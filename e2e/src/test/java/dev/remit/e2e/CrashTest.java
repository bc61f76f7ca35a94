package dev.remit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A server dies at every step of a call, again and again on one data folder; afterwards everything
 * must be accounted for. The deaths come first, the claims look at what is left.
 *
 * <p>Two servers die side by side: one with bearer tokens of the RMM, one with database roles.
 */
class CrashTest {

  private static final List<String> PLACES =
      List.of(
          "before-intent",
          "after-intent",
          "after-issue",
          "before-use",
          "before-send",
          "after-send",
          "after-use",
          "after-revoke",
          "after-outcome");

  private static final Set<String> BEFORE_SENDING =
      Set.of("before-intent", "after-intent", "after-issue", "before-use", "before-send");

  private static final int DEVICE = 1001;

  /** One death in the middle of one call. */
  private record Death(Estate estate, String place, String tool, String task, long effects) {
    @Override
    public String toString() {
      return place + " in " + tool;
    }

    List<Value.Obj> trail() {
      return estate.server().trail(Estate.HARBOR, Optional.of(task));
    }

    boolean isSettled() {
      return Leaves.outcomesOfIntents(trail()).values().stream().allMatch(n -> n > 0);
    }
  }

  private static final List<Death> DEATHS = new CopyOnWriteArrayList<>();
  private static final Estate RMM = Estate.shared();

  /** The estates whose servers died. */
  private static final List<Estate> ESTATES = new CopyOnWriteArrayList<>(List.of(RMM));

  @BeforeAll
  static void dieEverywhere() throws Exception {
    RMM.lab().calm();
    var queries =
        Executors.newVirtualThreadPerTaskExecutor()
            .submit(() -> {
              var estate = RMM.withServer("crash-assets");
              for (var place : PLACES) {
                dieInQuery(estate, place);
              }
              dieWhileTheQueryRuns(estate);
              return estate;
            });
    PLACES.forEach(CrashTest::dieInRestart);
    dieWhileTheVendorHangs();
    ESTATES.add(queries.get());
    Eventually.holds(
        "recovery is over",
        Estate.SEND_WITHIN.plus(Estate.SKEW).plusSeconds(20),
        () ->
            ESTATES.stream().allMatch(estate -> estate.server().leases().isEmpty())
                && DEATHS.stream().allMatch(Death::isSettled));
  }

  @AfterAll
  static void stopTheSecond() {
    ESTATES.stream().skip(1).forEach(estate -> estate.server().close());
  }

  private static void dieInRestart(String place) {
    var agent = RMM.agent(Estate.CHANGE);
    var task = agent.open("restart-service", RMM.lab().ticket(1, DEVICE), Calls.device(DEVICE));
    long before = RMM.lab().effects(DEVICE);
    die(RMM, place, () -> agent.call(Calls.RESTART, Calls.restart(task, DEVICE)));
    DEATHS.add(new Death(RMM, place, Calls.RESTART, task, RMM.lab().effects(DEVICE) - before));
  }

  private static void dieInQuery(Estate estate, String place) {
    var agent = estate.agent(Estate.CLERK);
    var task = agent.open("query-assets", estate.lab().ticket(1, 0), Calls.HARBOR_ASSETS);
    die(estate, place, () -> agent.call(Calls.WARRANTIES, Calls.warranties(task)));
    DEATHS.add(new Death(estate, place, Calls.WARRANTIES, task, 0));
  }

  private static void die(Estate estate, String place, Runnable call) {
    var server = estate.server();
    server.failAt(place);
    assertThat(isAnswered(call)).as("answered by a server that died at " + place).isFalse();
    assertThat(server.process().awaitExit(Duration.ofSeconds(10))).as(place).isEqualTo(137);
    server.restart();
  }

  /** False when the connection broke. */
  private static boolean isAnswered(Runnable call) {
    try {
      call.run();
      return true;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private static void dieWhileTheVendorHangs() {
    var agent = RMM.agent(Estate.CHANGE);
    var task = agent.open("restart-service", RMM.lab().ticket(1, DEVICE), Calls.device(DEVICE));
    long before = RMM.lab().effects(DEVICE);
    RMM.lab().fault("service-control", "hang", "device", DEVICE, "when", "after");
    var call = agent.begin(Calls.RESTART, Calls.restart(task, DEVICE));
    Eventually.holds(
        "the vendor has it and hangs",
        Duration.ofSeconds(5),
        () -> RMM.lab().effects(DEVICE) == before + 1);
    kill(RMM, call);
    RMM.lab().calm();
    DEATHS.add(new Death(RMM, "vendor-hangs", Calls.RESTART, task, 1));
  }

  private static void dieWhileTheQueryRuns(Estate estate) throws SQLException {
    var agent = estate.agent(Estate.CLERK);
    var task = agent.open("query-assets", estate.lab().ticket(1, 0), Calls.HARBOR_ASSETS);
    try (var connection = estate.lab().superuser();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("lock table harbor_dental.asset in access exclusive mode");
      var call = agent.begin(Calls.WARRANTIES, Calls.warranties(task));
      Eventually.holds(
          "a leased role waits for the table",
          Duration.ofSeconds(5),
          () -> estate.lab().sessionsOfLeasedRoles() > 0);
      kill(estate, call);
    }
    DEATHS.add(new Death(estate, "query-runs", Calls.WARRANTIES, task, 0));
  }

  private static void kill(Estate estate, CompletableFuture<Agent.Result> call) {
    estate.server().process().kill();
    assertThat(call).failsWithin(Duration.ofSeconds(10));
    estate.server().restart();
  }

  @Test
  void eachIntentHasExactlyOneOutcome() {
    for (var death : DEATHS) {
      assertThat(Leaves.outcomesOfIntents(death.trail()).values())
          .as(death.toString())
          .hasSize(death.place().equals("before-intent") ? 0 : 1)
          .allMatch(outcomes -> outcomes == 1);
    }
    for (var estate : ESTATES) {
      for (var tenant : List.of(Estate.HARBOR, Estate.OPERATOR)) {
        assertThat(Leaves.outcomesOfIntents(estate.server().trail(tenant)).values())
            .as("of all intents of " + tenant)
            .allMatch(outcomes -> outcomes == 1);
      }
    }
  }

  @Test
  void whatIsNotKnownIsUnknownAndNeverSucceeded() {
    for (var death : DEATHS) {
      if (!death.place().equals("before-intent")) {
        assertThat(Leaves.outcome(death.trail()))
            .as(death.toString())
            .contains(death.place().equals("after-outcome") ? "succeeded" : "unknown");
      }
    }
    assertThat(DEATHS).hasSize(2 * PLACES.size() + 2);
  }

  @Test
  void nothingWasSentBeforeItsTimeAndNothingTwice() {
    for (var death : DEATHS) {
      if (death.tool().equals(Calls.RESTART)) {
        assertThat(death.effects())
            .as(death.place())
            .isEqualTo(BEFORE_SENDING.contains(death.place()) ? 0 : 1);
      }
    }
  }

  @Test
  void noEffectIsWithoutRecord() {
    long intents =
        Leaves.of(RMM.server().trail(Estate.HARBOR), "intent").stream()
            .filter(leaf -> Leaves.field(leaf, "tool").equals(Calls.RESTART))
            .count();
    assertThat(RMM.lab().effects(DEVICE)).isPositive().isLessThanOrEqualTo(intents);
  }

  @Test
  void noCredentialIsLeft() {
    assertThat(ESTATES).allSatisfy(estate -> assertThat(estate.server().leases()).isEmpty());
    assertThat(RMM.lab().leasedRoles()).isEmpty();
    Eventually.holds(
        "no token of the vendor lives",
        Duration.ofSeconds(Lab.TOKEN_SECONDS + 2),
        () -> RMM.lab().liveTokens().isEmpty());
  }

  @Test
  void theExportedLogVerifies() {
    for (var estate : ESTATES) {
      for (var tenant : List.of(Estate.HARBOR, Estate.OPERATOR)) {
        var report = estate.verify(tenant);
        assertThat(report.isVerified()).as(() -> String.join("\n", report.lines())).isTrue();
        assertThat(report.counts().openCalls()).as(tenant).isZero();
      }
    }
  }
}
