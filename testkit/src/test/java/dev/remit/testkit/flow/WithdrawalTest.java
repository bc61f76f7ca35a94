package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.NORTHWIND;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Verdict;
import dev.remit.core.evidence.Entry;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.Keys;
import dev.remit.core.flow.Withdrawals.NoSuchProposal;
import dev.remit.core.flow.Withdrawals.NotWithdrawn;
import dev.remit.core.flow.Withdrawals.Result;
import dev.remit.core.flow.Withdrawals.Withdrawn;
import dev.remit.core.kill.KillScope;
import dev.remit.core.tenant.TenantId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Taking back what waits, and where the words of people stand. */
class WithdrawalTest extends ResumableWipe {
  private static final String WORDS = "the zebra is on holiday";

  private Result withdraw(Crowd.Human human, TenantId tenant, ProposalId id, String reason) {
    return crowd.approvals().withdraw(human.person(), tenant, id, reason);
  }

  private void assertHeard(String why) {
    assertThat(resume())
        .isInstanceOfSatisfying(
            CallResult.Ended.class,
            ended -> {
              assertThat(ended.state()).isEqualTo(Proposal.State.WITHDRAWN);
              assertThat(ended.why()).contains(why);
            });
    assertThat(wipes()).isZero();
  }

  @Test
  void whoOperatesTakesBackWhatWaitsAndTheAgentHearsWhy() {
    assertThat(withdraw(crowd.olga, HARBOR, proposal, WORDS)).isEqualTo(new Withdrawn());
    assertThat(stored(proposal).state()).isEqualTo(Proposal.State.WITHDRAWN);
    assertHeard(WORDS);
    assertThat(waiting(OWN)).as("it may ask anew").isNotEqualTo(proposal);
  }

  @Test
  void whoHoldsTheMachineTakesItBack() {
    assertThat(crowd.approvals().withdrawAsOperator(HARBOR, proposal, WORDS))
        .isEqualTo(new Withdrawn());
    assertHeard(WORDS);
  }

  @Test
  void whatWasGrantedAndIsNotUsedIsTakenBack() {
    grant();
    assertThat(withdraw(crowd.olga, HARBOR, proposal, WORDS)).isEqualTo(new Withdrawn());
    assertHeard(WORDS);
  }

  @Test
  void whatIsUsedOrOverIsNotTakenBack() {
    grant();
    assertDone(resume());
    assertThat(withdraw(crowd.olga, HARBOR, proposal, WORDS)).isInstanceOf(NotWithdrawn.class);
  }

  @Test
  void nobodyElseTakesAnythingBack() {
    for (var human : java.util.List.of(crowd.sam, crowd.ada, crowd.hanna)) {
      assertThat(withdraw(human, HARBOR, proposal, WORDS)).isInstanceOf(NotWithdrawn.class);
    }
    assertThat(withdraw(crowd.olga, NORTHWIND, proposal, WORDS)).isEqualTo(new NoSuchProposal());
    assertThat(withdraw(crowd.olga, HARBOR, proposal, " ")).isInstanceOf(NotWithdrawn.class);
    assertThat(withdraw(crowd.olga, HARBOR, proposal, "x".repeat(1_001)))
        .isInstanceOf(NotWithdrawn.class);
    assertThat(state()).isEqualTo(Proposal.State.OPEN);
  }

  @Test
  void whatAClientsPeopleAskedForThemselvesIsTheirs() {
    var fresh = Crowd.human(Crowd.client("henk"));
    var waits = (Keys.Waits) crowd.keys().ask(fresh.person(), crowd.keyOf(fresh));
    assertThat(withdraw(crowd.olga, HARBOR, waits.proposal(), WORDS))
        .isInstanceOf(NotWithdrawn.class);
    assertThat(crowd.approvals().withdrawAsOperator(HARBOR, waits.proposal(), WORDS))
        .isInstanceOf(NotWithdrawn.class);
  }

  @Test
  void aReasonOfARefusalIsHeardToo() {
    var signed = crowd.signed(crowd.hanna, HARBOR, proposal, Verdict.REFUSE);
    crowd.approvals().answer(crowd.hanna.person(), HARBOR, proposal, Verdict.REFUSE, WORDS, signed);
    assertThat(resume())
        .isInstanceOfSatisfying(
            CallResult.Ended.class, ended -> assertThat(ended.why()).contains(WORDS));
  }

  @Test
  void noLeafHoldsWhatPeopleTypedAndTheBodyDoes() {
    var desk = world.drivers().taskDesk();
    var kills = world.drivers().killSwitch();
    var signed = crowd.signed(crowd.hanna, HARBOR, proposal, Verdict.GRANT);
    crowd.approvals().answer(crowd.hanna.person(), HARBOR, proposal, Verdict.GRANT, WORDS, signed);
    desk.hold(crowd.olga.person(), HARBOR, task.id(), WORDS);
    desk.goOn(crowd.olga.person(), HARBOR, task.id(), WORDS);
    withdraw(crowd.olga, HARBOR, proposal, WORDS);
    desk.takeOver(crowd.olga.person(), HARBOR, task.id(), WORDS);
    kills.kill(crowd.olga.person(), KillScope.tenant(NORTHWIND), WORDS);
    kills.askToLift(crowd.olga.person(), KillScope.tenant(NORTHWIND), WORDS);
    var asked = world.ledgers.proposals().list(TenantId.OPERATOR, 1).getFirst();
    crowd.answer(crowd.sam, TenantId.OPERATOR, asked.id(), Verdict.GRANT);
    var all =
        Stream.of(HARBOR, NORTHWIND, TenantId.OPERATOR)
            .flatMap(tenant -> world.ledgers.entries(tenant).stream())
            .toList();
    assertThat(all).noneMatch(entry -> entry.leaf().contains("zebra"));
    assertThat(
            all.stream()
                .filter(entry -> entry.body().text("reason").filter(WORDS::equals).isPresent())
                .map(Entry::kind))
        .contains(
            Entry.Kind.ANSWERED,
            Entry.Kind.TASK_HELD,
            Entry.Kind.TASK_RESUMED,
            Entry.Kind.PROPOSAL_ENDED,
            Entry.Kind.TASK_CLOSED,
            Entry.Kind.KILL,
            Entry.Kind.PROPOSED,
            Entry.Kind.KILL_LIFTED);
  }
}
