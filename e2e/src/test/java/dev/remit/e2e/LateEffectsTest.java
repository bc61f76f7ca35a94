package dev.remit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Effects that come late, at the wrong place, or nobody knows whether. */
class LateEffectsTest {

  private static final Estate ESTATE = Estate.shared();

  private final Agent agent = ESTATE.agent(Estate.CHANGE);
  private final Lab lab = ESTATE.lab();

  @AfterEach
  void calm() {
    lab.calm();
  }

  private String open(String taskClass, int device) {
    return agent.open(taskClass, lab.ticket(1, device), Calls.device(device));
  }

  private static List<Value.Obj> trail(String task) {
    return ESTATE.server().trail(Estate.HARBOR, Optional.of(task));
  }

  @Test
  void hostileCase30AJobPastItsDeadlineIsCancelled() {
    int device = 1013;
    var task = open("scan-patches", device);
    lab.post("/v1/jobs/hold", Value.Obj.EMPTY);
    var told = agent.call(Calls.SCAN, Calls.scan(task, device));
    assertThat(told.outcome()).isNotIn("succeeded", "refused");
    var jobs = lab.jobs(device);
    assertThat(jobs).hasSize(1);
    assertThat(jobs.getFirst().text("jobStatus")).contains("CANCELLED");
    assertThat(lab.liveTokens()).isEmpty();
    lab.post("/v1/jobs/release", Value.Obj.EMPTY);
    Eventually.staysSo(
        "the cancelled job never runs",
        Duration.ofMillis(800),
        () -> lab.jobs(device).getFirst().text("jobStatus").equals(Optional.of("CANCELLED")));
    assertThat(Leaves.outcome(trail(task))).contains(told.outcome());
  }

  @Test
  void aDeviceThatMovesAfterTheDecisionIsNotTouched() {
    int device = 1003;
    var task = open("restart-service", device);
    var move = Value.object("id", device, "organizationId", 2);
    lab.post(
        "/v1/triggers",
        Value.object("on", "token-issued", "after", 1, "do", Value.object("move-device", move)));
    try {
      var told = agent.call(Calls.RESTART, Calls.restart(task, device));
      assertThat(told.outcome()).isEqualTo("refused");
      assertThat(told.reason()).isEqualTo("target-not-available");
      assertThat(lab.effects(device)).isZero();
      assertThat(Leaves.of(trail(task), "outcome"))
          .extracting(leaf -> Leaves.field(leaf, "reason"))
          .containsExactly("tenant-mismatch");
      assertThat(ESTATE.server().leases()).isEmpty();
    } finally {
      lab.post("/v1/devices/" + device, Value.object("organizationId", 1));
    }
  }

  @Test
  void aVendorThatHangsIsUnknownAndItsTokenIsGone() {
    int device = 1002;
    var task = open("restart-service", device);
    lab.fault("service-control", "hang", "device", device, "when", "after");
    var told = agent.call(Calls.RESTART, Calls.restart(task, device));
    assertThat(told.outcome()).isEqualTo("unknown");
    assertThat(lab.liveTokens()).isEmpty();
    assertThat(ESTATE.server().leases()).isEmpty();
    assertThat(lab.effects(device)).isEqualTo(1);
    assertThat(Leaves.outcome(trail(task))).contains("unknown");
  }
}
