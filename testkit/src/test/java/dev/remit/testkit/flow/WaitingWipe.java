package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.flow.Approvals.AnswerResult;
import dev.remit.core.flow.Approvals.Counted;
import dev.remit.core.flow.Approvals.NotCounted;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.CallResult.Waiting;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskClass.Answers;
import dev.remit.core.task.TaskClass.AskRule;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** A wipe that waits for one of ours and one of theirs, for tests of what people answer. */
abstract class WaitingWipe {
  static final AskRule BOTH =
      new AskRule(
          "both",
          "true",
          List.of(new Answers(1, "msp.senior-technicians"), new Answers(1, "tenant.approvers")),
          Duration.ofMinutes(30),
          Duration.ofMinutes(10));

  final FlowWorld world = new FlowWorld();
  final Crowd crowd = new Crowd(world);
  final Task task = world.open();
  ProposalId proposal = new ProposalId("none");

  @BeforeEach
  final void aWipeWaitsForOneOfOursAndOneOfTheirs() {
    world.policy.ask(WIPE, BOTH);
    world.seeInventory();
    proposal = waiting(OWN);
    world.watch.forget();
  }

  final ProposalId waiting(String device) {
    return waiting(world.call(WIPE, device));
  }

  static ProposalId waiting(CallResult result) {
    assertThat(result).isInstanceOf(Waiting.class);
    return ((Waiting) result).handle();
  }

  final Proposal stored(ProposalId id) {
    return world.ledgers.proposals().find(HARBOR, id).orElseThrow();
  }

  final Proposal.State state() {
    return stored(proposal).stateAt(world.clock.instant());
  }

  final void assertCounted(AnswerResult result, Proposal.State state) {
    assertThat(result).isEqualTo(new Counted(state));
    assertThat(state()).isEqualTo(state);
  }

  final void assertNotCounted(AnswerResult result, String why) {
    assertThat(result)
        .isInstanceOfSatisfying(NotCounted.class, n -> assertThat(n.why()).contains(why));
    assertThat(world.ledgers.proposals().answers(HARBOR, proposal)).isEmpty();
    assertThat(state()).isEqualTo(Proposal.State.OPEN);
    assertThat(world.ofTasks(Kind.PROPOSAL_GRANTED)).isEmpty();
  }
}
