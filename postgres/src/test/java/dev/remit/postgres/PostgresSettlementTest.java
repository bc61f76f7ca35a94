package dev.remit.postgres;

import static dev.remit.postgres.World.HARBOR;
import static dev.remit.postgres.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.call.CallId;
import dev.remit.core.evidence.CallLedger.Settled;
import dev.remit.core.evidence.Entry;
import dev.remit.core.execution.Outcome;
import dev.remit.core.lease.Lease;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Outcomes, resolutions, and what becomes of leases. */
class PostgresSettlementTest {

  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theFirstOutcomeIsFirstAndALaterOneIsAResolution() {
    var intent = world.intent(world.openTask(3));
    world.ledger.admit(intent);
    var settlement = world.settlement(intent, Outcome.SUCCEEDED, true);
    assertThat(world.ledger.settle(settlement)).isEqualTo(Settled.FIRST);
    assertThat(world.ledger.settle(settlement)).as("the same again").isEqualTo(Settled.FIRST);
    assertThat(world.ledger.settle(world.settlement(intent, Outcome.FAILED, true)))
        .isEqualTo(Settled.LATE);
    assertThat(world.count("entry where kind = 'outcome' and call = '" + intent.call() + "'"))
        .isEqualTo(1);
    assertThat(world.count("entry where kind = 'resolution' and leaf like '%\"resolution\"%'"))
        .isEqualTo(1);
    assertThat(world.count("intent where outcome = 'succeeded'")).isEqualTo(1);
  }

  @Test
  void hostileCase29ALateSettlementAfterRecoveryIsAResolutionOnly() {
    var intent = world.intent(world.openTask(3));
    world.ledger.admit(intent);
    var found = world.ledger.unsettled("replica-2", Instant.EPOCH, intent.settleBy().plusMillis(1));
    assertThat(found).anyMatch(left -> left.call().equals(intent.call()));
    assertThat(world.ledger.settle(world.settlement(intent, Outcome.UNKNOWN, true)))
        .isEqualTo(Settled.FIRST);
    assertThat(world.ledger.settle(world.settlement(intent, Outcome.SUCCEEDED, true)))
        .isEqualTo(Settled.LATE);
    assertThat(world.count("intent where outcome = 'unknown'")).isEqualTo(1);
    assertThat(world.count("intent where outcome = 'succeeded'")).isZero();
  }

  @Test
  void anOutcomeWithoutIntentIsRefused() {
    var intent = world.intent(world.openTask(3));
    assertThatThrownBy(() -> world.ledger.settle(world.settlement(intent, Outcome.SUCCEEDED, true)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(world.count("entry where kind = 'outcome'")).isZero();
  }

  @Test
  void aLeaseNotProvenGoneIsRevokingAndFoundByTheReconciler() {
    var intent = world.intent(world.openTask(3));
    world.ledger.admit(intent);
    world.ledger.settle(world.settlement(intent, Outcome.SUCCEEDED, false));
    var id = intent.lease().orElseThrow().id();
    assertThat(world.leases.unfinished())
        .anyMatch(lease -> lease.id().equals(id) && lease.state() == Lease.State.REVOKING);
    assertThat(world.leases.livePrincipals(World.RMM)).contains("remit_" + intent.call());
    var lease = intent.lease().orElseThrow();
    assertThat(world.leases.revoked(lease, NOW, world.entry(HARBOR, Entry.Kind.LEASE_ENDED)))
        .isTrue();
    assertThat(world.leases.revoked(lease, NOW, world.entry(HARBOR, Entry.Kind.LEASE_ENDED)))
        .isFalse();
    assertThat(world.leases.livePrincipals(World.RMM)).doesNotContain("remit_" + intent.call());
    assertThat(world.count("entry where kind = 'lease-ended'")).isEqualTo(1);
  }

  @Test
  void onlyWhatIsOverIsUnsettled() {
    var intent = world.intent(world.openTask(3));
    world.ledger.admit(intent);
    assertThat(calls(world.ledger.unsettled(World.REPLICA, intent.sendBy(), NOW.plusSeconds(3600))))
        .doesNotContain(intent.call());
    assertThat(
            calls(
                world.ledger.unsettled(
                    World.REPLICA, intent.sendBy().plusMillis(1), Instant.EPOCH)))
        .contains(intent.call());
    assertThat(calls(world.ledger.unsettled("other", Instant.EPOCH, intent.settleBy())))
        .doesNotContain(intent.call());
    world.ledger.settle(world.settlement(intent, Outcome.REJECTED, true));
    assertThat(
            calls(
                world.ledger.unsettled(
                    World.REPLICA, intent.sendBy().plusMillis(1), Instant.EPOCH)))
        .doesNotContain(intent.call());
  }

  private static List<CallId> calls(List<dev.remit.core.evidence.CallLedger.Unsettled> unsettled) {
    return unsettled.stream().map(one -> one.call()).toList();
  }
}
