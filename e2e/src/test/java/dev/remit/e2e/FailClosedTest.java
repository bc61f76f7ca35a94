package dev.remit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What the server stands on is away: no effect, a clear answer, and all is well when it is back.
 */
class FailClosedTest {

  private static final int DEVICE = 1004;
  private static final Duration BACK = Duration.ofSeconds(30);
  private static final Estate ESTATE = Estate.shared();

  private final Agent agent = ESTATE.agent(Estate.CHANGE);

  private String openRestart() {
    return agent.open("restart-service", ESTATE.lab().ticket(1, DEVICE), Calls.device(DEVICE));
  }

  private Agent.Result restart(String task) {
    return agent.call(Calls.RESTART, Calls.restart(task, DEVICE));
  }

  /** The same call, on purpose. */
  private static Value.Obj anew(String task) {
    var key = Value.of("try-" + System.nanoTime());
    return Calls.restart(task, DEVICE).with("remit_idempotency_key", key);
  }

  @Test
  void withoutItsDatabaseItDoesNothingAndSaysSo() {
    var task = openRestart();
    long before = ESTATE.lab().effects(DEVICE);
    var database = new Postmaster(ESTATE.server().data().resolve("postgres/cluster"));
    database.crash();
    try {
      var told = restart(task);
      assertThat(told.outcome()).isEqualTo("refused");
      assertThat(told.reason()).isEqualTo("evidence-unavailable");
      assertThat(told.words()).doesNotContainIgnoringCase("sql").doesNotContain("Exception");
      assertThat(Http.get(ESTATE.server().machines() + "/health/ready", "").status())
          .isEqualTo(503);
      assertThat(Http.get(ESTATE.server().machines() + "/health/live", "").status()).isEqualTo(200);
      var trail = ESTATE.server().people("/v1/trail?tenant=" + Estate.HARBOR);
      assertThat(trail.status()).isEqualTo(503);
      assertThat(trail.text()).doesNotContain("Exception").doesNotContain("postgres");
      assertThat(ESTATE.lab().effects(DEVICE)).isEqualTo(before);
    } finally {
      database.start();
    }
    Eventually.holds("it is ready again", BACK, () -> ESTATE.server().isReady());
    Eventually.holds(
        "it acts alone again", BACK, () -> restart(task).outcome().equals("succeeded"));
    assertThat(ESTATE.lab().effects(DEVICE)).isEqualTo(before + 1);
  }

  @Test
  void withoutTheAssetDatabaseOnlyItsCallsFail() {
    var clerk = ESTATE.agent(Estate.CLERK);
    var task = clerk.open("query-assets", ESTATE.lab().ticket(1, 0), Calls.HARBOR_ASSETS);
    var other = openRestart();
    var assets = new Postmaster(ESTATE.lab().data().resolve("pg"));
    assets.standStill();
    try {
      var told = clerk.call(Calls.WARRANTIES, Calls.warranties(task));
      assertThat(told.outcome()).isIn("failed", "refused");
      assertThat(told.result().object("structuredContent")).isEmpty();
      assertThat(ESTATE.server().isReady()).isTrue();
      assertThat(restart(other).outcome()).isEqualTo("succeeded");
    } finally {
      assets.goOn();
    }
    Eventually.holds(
        "its calls succeed again",
        BACK,
        () -> clerk.call(Calls.WARRANTIES, Calls.warranties(task)).outcome().equals("succeeded"));
    clerk.close(task);
    Eventually.holds(
        "no role is left",
        BACK,
        () -> ESTATE.lab().leasedRoles().isEmpty() && ESTATE.server().leases().isEmpty());
  }

  @Test
  void withoutVendorAndIssuerItRefusesEvenAfterARestart() {
    var task = openRestart();
    ESTATE.lab().kill();
    try {
      assertThat(restart(task).outcome()).isIn("failed", "refused");
      assertThat(ESTATE.server().isReady()).isTrue();

      ESTATE.server().close();
      ESTATE.server().restart();
      assertThat(ESTATE.server().isReady()).isTrue();
      assertThat(restart(task).status()).as("nobody can tell whose token it is").isIn(401, 503);
    } finally {
      ESTATE.lab().restart();
    }
    assertThat(ESTATE.lab().effects(DEVICE)).as("since the vendor is back").isZero();
    agent.signInAgain();
    Eventually.holds(
        "tokens can be checked again",
        BACK,
        () -> agent.rpc(ESTATE.server(), agent.token(), "ping", Value.Obj.EMPTY).status() == 200);
    assertThat(restart(task).outcome()).as("an equal call is not made again").isEqualTo("joined");
    Eventually.holds(
        "another one succeeds",
        BACK,
        () -> agent.call(Calls.RESTART, anew(task)).outcome().equals("succeeded"));
    assertThat(
            Leaves.outcomesOfIntents(ESTATE.server().trail(Estate.HARBOR, Optional.of(task)))
                .values())
        .allMatch(outcomes -> outcomes == 1);
  }
}
