package dev.remit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The kill switch through the people's API. Nothing lifts a kill yet, so these tests have agents
 * and a tenant of their own.
 */
class KillTest {

  private static final Estate ESTATE = Estate.shared();
  private static final String AGENT = "agent:service-desk/summit-freight/production/change";
  private static final int DEVICE = 3004;

  private final Lab lab = ESTATE.lab();
  private final Agent agent = ESTATE.agent("service-desk.summit-freight.production.change");

  @AfterEach
  void calm() {
    lab.calm();
  }

  private static void kill(String scope) {
    var answer =
        ESTATE
            .server()
            .peoplePost("/v1/kill", Value.object("scope", scope, "reason", "it misbehaves"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  @Test
  void aKilledAgentIsCutAndItsJobCancelled() throws Exception {
    var task = agent.open("scan-patches", lab.ticket(3, DEVICE), Calls.device(DEVICE));
    lab.post("/v1/jobs/hold", Value.Obj.EMPTY);
    var running = agent.begin(Calls.SCAN, Calls.scan(task, DEVICE));
    Eventually.holds(
        "the vendor has the job", Duration.ofSeconds(3), () -> !lab.jobs(DEVICE).isEmpty());
    kill(AGENT);
    var told = running.get(3, TimeUnit.SECONDS);
    assertThat(told.outcome()).isNotIn("succeeded", "");
    assertThat(lab.jobs(DEVICE).getFirst().text("jobStatus")).contains("CANCELLED");

    var next = agent.call(Calls.SCAN, Calls.scan(task, DEVICE));
    assertThat(next.outcome()).isEqualTo("refused");
    assertThat(next.reason()).isEqualTo("killed");
    assertThat(
            agent
                .tryOpen("scan-patches", lab.ticket(3, DEVICE), List.of(Calls.device(DEVICE)))
                .words())
        .contains("killed");
    assertThat(lab.jobs(DEVICE)).hasSize(1);
    // Other tests may have a task open at another client; nothing of this one is left.
    var leases = ESTATE.server().leases();
    assertThat(leases)
        .noneMatch(lease ->
            lease instanceof Value.Obj of && of.text("tenant").equals(Optional.of(Estate.SUMMIT)));
    assertThat(lab.liveTokens()).hasSameSizeAs(leases);
    assertThat(Leaves.of(ESTATE.server().trail(Estate.SUMMIT), "kill"))
        .extracting(leaf -> Leaves.field(leaf, "scope"))
        .containsExactly(AGENT);
    assertThat(Leaves.outcomesOfIntents(trail(task)).values()).containsExactly(1L);

    kill("tenant:" + Estate.SUMMIT);
    var observer = ESTATE.agent("service-desk.summit-freight.production.observe");
    var opened =
        observer.tryOpen(
            "read-device-health", lab.ticket(3, DEVICE), List.of(Calls.device(DEVICE)));
    assertThat(opened.words()).contains("killed");
    var other = ESTATE.agent(Estate.CHANGE);
    var free = other.open("restart-service", lab.ticket(1, 1001), Calls.device(1001));
    assertThat(other.call(Calls.RESTART, Calls.restart(free, 1001)).outcome())
        .as("another tenant goes on")
        .isEqualTo("succeeded");
  }

  private static List<Value.Obj> trail(String task) {
    return ESTATE.server().trail(Estate.SUMMIT, Optional.of(task));
  }
}
