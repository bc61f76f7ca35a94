package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HEALTH;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.execution.Outcome;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.CallResult.Answered;
import dev.remit.core.lease.LeaseId;
import dev.remit.testkit.Gate;
import dev.remit.testkit.InMemoryLedgers.StoreAwayException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ReconcileTest {
  private final FlowWorld world = new FlowWorld();

  private String leftover(String lease) {
    var principal = world.names.of(new LeaseId(lease));
    world.vendor.broker().squat(principal);
    return principal;
  }

  @Test
  void aPrincipalOfOursWithoutALeaseIsRemoved() {
    leftover("lost");
    world.drivers().sweeper().reconcile();
    assertThat(world.vendor.broker().principals()).isEmpty();
  }

  @Test
  void aPrincipalThatIsNotOursStays() {
    world.vendor.broker().squat("administrator");
    world.drivers().sweeper().reconcile();
    assertThat(world.vendor.broker().principals()).containsExactly("administrator");
  }

  @Test
  void aPrincipalWithALiveLeaseOfAnyProcessStays() {
    world.open();
    assertThat(world.call(HEALTH, OWN)).isInstanceOf(Answered.class);
    var live = world.vendor.broker().principals();
    leftover("lost");
    world.process("two").sweeper().reconcile();
    assertThat(world.vendor.broker().principals()).isEqualTo(live);
  }

  @Test
  void aPrincipalWhoseLeaseWasStoredMeanwhileStays() {
    world.open();
    leftover("lost");
    var gate = new Gate();
    world.vendor.on(
        RESTART,
        (request, cut) -> {
          gate.pass();
          return dev.remit.testkit.FakeConnector.done();
        });
    var call = new AtomicReference<FutureTask<CallResult>>(new FutureTask<>(() -> null));
    world.watch.once(
        "broker.present",
        () -> {
          call.set(Together.start(() -> world.call(RESTART, OWN)));
          gate.awaitArrival();
        });
    world.drivers().sweeper().reconcile();
    assertThat(world.vendor.broker().principals()).hasSize(1);
    gate.open();
    assertThat(Together.await(call.get()))
        .isInstanceOfSatisfying(
            Answered.class, a -> assertThat(a.outcome()).isEqualTo(Outcome.SUCCEEDED));
  }

  @Test
  void withTheStoreAwayNothingIsRemoved() {
    leftover("lost");
    world.watch.takeAway("leases.");
    assertThatThrownBy(() -> world.drivers().sweeper().reconcile())
        .isInstanceOf(StoreAwayException.class);
    assertThat(world.vendor.broker().principals()).hasSize(1);
  }

  @Test
  void aTargetThatIsAwayStopsNobody() {
    leftover("lost");
    world.watch.takeAway("broker.present");
    world.drivers().sweeper().reconcile();
    world.watch.bringBack();
    world.watch.takeAway("broker.remove");
    world.drivers().sweeper().reconcile();
    assertThat(world.vendor.broker().principals()).hasSize(1);
    world.watch.bringBack();
    world.drivers().sweeper().reconcile();
    assertThat(world.vendor.broker().principals()).isEmpty();
  }
}
