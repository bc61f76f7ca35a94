package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.DESK;
import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.NORTHWIND;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.flow.Approvals.NotCounted;
import dev.remit.core.flow.CallResult;
import dev.remit.core.identity.GradeFamily;
import org.junit.jupiter.api.Test;

/** An agent takes back what it asked for: that narrows, and nobody else does it. */
class TakeBackTest extends ResumableWipe {

  private void assertGone() {
    assertThat(resume())
        .isInstanceOfSatisfying(
            CallResult.Ended.class,
            ended -> assertThat(ended.state()).isEqualTo(Proposal.State.WITHDRAWN));
    assertThat(wipes()).isZero();
  }

  @Test
  void whatWaitsIsTakenBackAndAnsweredByNobody() {
    assertThat(world.drivers().takeBack(world.desk, proposal)).isTrue();
    assertThat(stored(proposal).state()).isEqualTo(Proposal.State.WITHDRAWN);
    assertThat(crowd.grant(crowd.sam, proposal)).isInstanceOf(NotCounted.class);
    assertGone();
    assertThat(world.ofTasks(Kind.PROPOSAL_ENDED)).hasSize(1);
    assertThat(waiting(OWN)).as("it may ask anew").isNotEqualTo(proposal);
  }

  @Test
  void whatWasGrantedAndIsNotUsedIsTakenBack() {
    grant();
    assertThat(world.drivers().takeBack(world.desk, proposal)).isTrue();
    assertGone();
  }

  @Test
  void whatRanStaysAsItIs() {
    grant();
    assertDone(resume());
    assertThat(world.drivers().takeBack(world.desk, proposal)).isTrue();
    assertThat(stored(proposal).state()).isEqualTo(Proposal.State.CONSUMED);
    assertDone(resume());
  }

  @Test
  void takingBackAgainChangesNothing() {
    world.drivers().takeBack(world.desk, proposal);
    assertThat(world.drivers().takeBack(world.desk, proposal)).isTrue();
    assertThat(world.ofTasks(Kind.PROPOSAL_ENDED)).hasSize(1);
  }

  @Test
  void anotherInstanceOrAnotherTenantsAgentTakesNothingBack() {
    var twin = world.agent(DESK, HARBOR, GradeFamily.DESTRUCTIVE, "other");
    var foreign = world.agent(DESK, NORTHWIND, GradeFamily.DESTRUCTIVE, "one");
    assertThat(world.drivers().takeBack(twin, proposal)).isFalse();
    assertThat(world.drivers().takeBack(foreign, proposal)).isFalse();
    assertThat(world.drivers().takeBack(world.desk, new ProposalId("none"))).isFalse();
    assertThat(state()).isEqualTo(Proposal.State.OPEN);
  }
}
