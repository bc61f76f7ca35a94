package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.flow.CallResult.Waiting;
import dev.remit.core.flow.Keys;
import dev.remit.core.flow.KillSwitch;
import dev.remit.core.kill.KillScope;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is told of a proposal that nobody answered in time. */
class ExpiryTest {
  private static final Duration LONG_ENOUGH = Duration.ofDays(3);
  private final FlowWorld world = new FlowWorld();
  private final Crowd crowd = new Crowd(world);

  private Entry ended(TenantId tenant) {
    world.pass(LONG_ENOUGH);
    world.drivers().sweeper().tick();
    world.drivers().sweeper().tick();
    var all =
        world.ledgers.entries(tenant).stream()
            .filter(entry -> entry.kind() == Kind.PROPOSAL_ENDED)
            .toList();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private void assertTells(Entry entry, TenantId tenant, ProposalId id, String subject) {
    var proposal = world.ledgers.proposals().find(tenant, id).orElseThrow();
    assertThat(entry.fields().text("state")).contains("expired");
    assertThat(entry.fields().text("proposal")).contains(proposal.digest());
    assertThat(entry.fields().text("handle")).contains(id.value());
    assertThat(entry.fields().text("subject")).contains(subject);
    assertThat(entry.fields().members()).hasSize(4);
  }

  @Test
  void anExpiredCallIsToldInItsTask() {
    world.policy.ask(WIPE, WaitingWipe.BOTH);
    world.seeInventory();
    var task = world.open();
    var id = ((Waiting) world.call(WIPE, OWN)).handle();
    world.pass(WaitingWipe.BOTH.answerWithin());
    world.drivers().sweeper().tick();
    var entry = ended(HARBOR);
    assertTells(entry, HARBOR, id, "call");
    assertThat(entry.task()).contains(task.id().value());
  }

  @Test
  void anExpiredKeyIsOfNoTask() {
    var fresh = Crowd.human(Crowd.msp("fresh", "seniors"));
    var id = ((Keys.Waits) crowd.keys().ask(fresh.person(), crowd.keyOf(fresh))).proposal();
    var entry = ended(TenantId.OPERATOR);
    assertTells(entry, TenantId.OPERATOR, id, "key");
    assertThat(entry.task()).isEqualTo(Optional.empty());
  }

  @Test
  void anExpiredLiftIsOfNoTask() {
    var scope = KillScope.tenant(HARBOR);
    var people = world.drivers().killSwitch();
    people.kill(crowd.olga.person(), scope, "odd");
    world.pass(Duration.ofSeconds(1));
    var asked = (KillSwitch.Asked) people.askToLift(crowd.olga.person(), scope, "it was a drill");
    var entry = ended(TenantId.OPERATOR);
    assertTells(entry, TenantId.OPERATOR, asked.proposal(), "lift");
    assertThat(entry.task()).isEqualTo(Optional.empty());
  }
}
