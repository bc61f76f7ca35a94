package dev.remit.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.connectors.http.ScriptedVendor.Json;
import dev.remit.connectors.http.ScriptedVendor.Raw;
import dev.remit.core.execution.Downstream;
import dev.remit.core.execution.Execution;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class JobWatchTest {
  private static final String REBOOT = "POST /v2/device/7/reboot";
  private static final String STATUS = "GET /job/j1";
  private static final String CANCEL = "POST /job/j1/cancel";
  private final HttpFixture it = new HttpFixture();

  @AfterEach
  void close() {
    it.close();
  }

  private static Json state(String word) {
    return new Json(200, "{\"state\":\"" + word + "\"}");
  }

  private Execution reboot() {
    it.vendor.on(REBOOT, new Json(202, "{\"uid\":\"j1\"}"));
    return it.run(it.reboot, "device", 7);
  }

  @Test
  void aJobIsFollowedToItsEnd() {
    it.vendor.on(STATUS, state("QUEUED"), state("RUNNING"), state("RUNNING"), state("DONE"));
    assertThat(reboot()).isInstanceOf(Execution.Done.class);
    assertThat(it.vendor.count(STATUS)).isEqualTo(4);
  }

  @Test
  void theVendorsNameOfTheJobIsKeptEvenIfItsEndIsUnknown() {
    it.vendor.on(STATUS, state("RUNNING")).on(CANCEL, new Json(409, "{}"));
    var downstream = new Downstream();
    assertThat(downstream.during(this::reboot)).isInstanceOf(Execution.Unknown.class);
    assertThat(downstream.reference()).contains("j1");
  }

  @Test
  void hostileCase30AQueuedJobIsCalledOffAtTheDeadlineAndNeverSucceeds() {
    it.vendor.on(STATUS, state("QUEUED")).on(CANCEL, new Json(200, "{}"));
    it.vendor.onArrival(CANCEL, () -> it.vendor.on(STATUS, state("CANCELLED")));
    assertThat(reboot()).isInstanceOf(Execution.Failed.class);
    assertThat(it.vendor.count(CANCEL)).isEqualTo(1);
  }

  @Test
  void hostileCase30AJobThatRunsAtTheDeadlineIsUnknown() {
    it.vendor.on(STATUS, state("RUNNING")).on(CANCEL, new Json(409, "{}"));
    assertThat(reboot()).isInstanceOf(Execution.Unknown.class);
    assertThat(it.vendor.count(CANCEL)).isEqualTo(1);
  }

  @Test
  void hostileCase30AJobCalledOffAfterItBeganIsUnknown() {
    it.vendor.on(STATUS, state("RUNNING")).on(CANCEL, new Json(200, "{}"));
    it.vendor.onArrival(CANCEL, () -> it.vendor.on(STATUS, state("CANCELLED")));
    assertThat(reboot()).isInstanceOf(Execution.Unknown.class);
  }

  @Test
  void hostileCase30ACancellationThatIsOnlyAnsweredIsNotBelieved() {
    it.vendor.on(STATUS, state("QUEUED")).on(CANCEL, new Json(200, "{\"state\":\"CANCELLED\"}"));
    assertThat(reboot()).isInstanceOf(Execution.Unknown.class);
  }

  @Test
  void hostileCase30AJobThatIsDoneWhenItIsCalledOffIsUnknown() {
    it.vendor.on(STATUS, state("QUEUED")).on(CANCEL, new Json(200, "{}"));
    it.vendor.onArrival(CANCEL, () -> it.vendor.on(STATUS, state("DONE")));
    assertThat(reboot()).isInstanceOf(Execution.Unknown.class);
  }

  @Test
  void aCutCallsTheJobOffAtOnce() {
    var looks = new AtomicInteger();
    it.vendor.on(STATUS, state("QUEUED")).on(CANCEL, new Json(200, "{}"));
    it.vendor.onArrival(CANCEL, () -> it.vendor.on(STATUS, state("CANCELLED")));
    it.vendor.on(REBOOT, new Json(202, "{\"uid\":\"j1\"}"));
    try (var connector =
        it.connector((time, cut) -> {
          looks.incrementAndGet();
          it.cut.cut("killed");
        })) {
      assertThat(it.run(connector, it.reboot, "device", 7)).isInstanceOf(Execution.Failed.class);
    }
    assertThat(looks).hasValue(1);
    assertThat(it.vendor.count(CANCEL)).isEqualTo(1);
  }

  @Test
  void aJobThatBrokeIsRejected() {
    it.vendor.on(STATUS, state("RUNNING"), state("BROKEN"));
    assertThat(reboot()).isInstanceOf(Execution.Rejected.class);
  }

  @Test
  void aVendorInTroubleIsAskedAgain() {
    it.vendor.on(
        STATUS, new Json(500, "{}"), new Raw(200, "text/html", ""), state("WHAT"), state("DONE"));
    assertThat(reboot()).isInstanceOf(Execution.Done.class);
  }

  @Test
  void anAnswerThatNamesNoJobIsUnknown() {
    it.vendor.on(REBOOT, new Json(202, "{}"));
    assertThat(it.run(it.reboot, "device", 7)).isInstanceOf(Execution.Unknown.class);
  }

  @Test
  void aJobsNameCannotClimbOutOfItsPath() {
    it.vendor.on(REBOOT, new Json(202, "{\"uid\":\"../device/8\"}"));
    assertThat(it.run(it.reboot, "device", 7)).isInstanceOf(Execution.Unknown.class);
    assertThat(it.vendor.seen.getLast().path()).isEqualTo("/v2/device/7/reboot");
  }
}
