package dev.remit.core.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.target.ConnectorId;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class LanesTest {

  private static final ConnectorId DEAD = new ConnectorId("dead");
  private static final ConnectorId ALIVE = new ConnectorId("alive");
  private static final TenantId HARBOR = new TenantId("harbor-dental");
  private static final TenantId SUMMIT = new TenantId("summit-freight");

  private final List<String> done = Collections.synchronizedList(new ArrayList<>());

  private Lanes.Job job(ConnectorId target, TenantId tenant, String name, BooleanSupplier step) {
    return new Lanes.Job(
        target,
        tenant,
        () -> {
          done.add(name);
          return step.getAsBoolean();
        },
        () -> done.add(name + " without its target"));
  }

  @Test
  void aTargetThatStandsStillDelaysNoOther() throws Exception {
    var lanes = new Lanes(Duration.ofMillis(50));
    var release = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    lanes.round(
        List.of(
            job(DEAD, HARBOR, "stuck", () -> waitFor(release) && count(ended)),
            job(ALIVE, HARBOR, "quick", () -> true)));
    assertThat(done).contains("quick");
    lanes.round(
        List.of(
            job(DEAD, HARBOR, "not again", () -> true), job(ALIVE, SUMMIT, "next", () -> true)));
    assertThat(done).contains("next").doesNotContain("not again");
    release.countDown();
    assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
  }

  private static boolean waitFor(CountDownLatch latch) {
    try {
      return latch.await(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  private static boolean count(CountDownLatch latch) {
    latch.countDown();
    return true;
  }

  @Test
  void tenantsTakeTurnsAtOneTarget() {
    new Lanes(Duration.ofSeconds(5))
        .round(
            List.of(
                job(ALIVE, HARBOR, "harbor 1", () -> true),
                job(ALIVE, HARBOR, "harbor 2", () -> true),
                job(ALIVE, HARBOR, "harbor 3", () -> true),
                job(ALIVE, SUMMIT, "summit 1", () -> true)));
    assertThat(done).containsExactly("harbor 1", "summit 1", "harbor 2", "harbor 3");
  }

  @Test
  void aLaneRestsAfterThreeFailuresInARow() {
    new Lanes(Duration.ofSeconds(5))
        .round(
            List.of(
                job(DEAD, HARBOR, "1", () -> false),
                job(DEAD, HARBOR, "2", () -> true),
                job(DEAD, HARBOR, "3", () -> false),
                job(DEAD, HARBOR, "4", () -> false),
                job(DEAD, HARBOR, "5", () -> false),
                job(DEAD, HARBOR, "6", () -> true)));
    assertThat(done).containsExactly("1", "2", "3", "4", "5", "6 without its target");
  }

  @Test
  void aJobThatThrowsIsToldAndKeepsNoOtherFromItsTurn() {
    var lanes = new Lanes(Duration.ofSeconds(5));
    var jobs =
        List.of(
            job(
                DEAD,
                HARBOR,
                "throws",
                () -> {
                  throw new IllegalArgumentException("the store is away");
                }),
            job(DEAD, HARBOR, "after it", () -> true));
    assertThatThrownBy(() -> lanes.round(jobs)).hasMessage("the store is away");
    assertThat(done).containsExactly("throws", "after it");
  }
}
