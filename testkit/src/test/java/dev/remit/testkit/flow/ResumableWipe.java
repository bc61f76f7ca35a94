package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Outcome;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.CallResult.Answered;
import dev.remit.core.flow.CallResult.Refused;
import dev.remit.core.flow.Drivers;

/** A wipe that is resumed once people have answered. */
abstract class ResumableWipe extends WaitingWipe {
  final void grant() {
    grant(proposal);
  }

  final void grant(ProposalId id) {
    crowd.grant(crowd.sam, id);
    crowd.grant(crowd.hanna, id);
    assertThat(stored(id).state()).isEqualTo(Proposal.State.GRANTED);
    world.watch.forget();
  }

  final CallResult resume() {
    return resume(world.drivers());
  }

  final CallResult resume(Drivers process) {
    return process.resume(world.desk, proposal, new Cut());
  }

  final void assertDone(CallResult result) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Answered.class, a -> assertThat(a.outcome()).isEqualTo(Outcome.SUCCEEDED));
    assertThat(wipes()).isEqualTo(1);
  }

  final long wipes() {
    return world.vendor.sent().stream().filter(sent -> sent.tool().name().equals(WIPE)).count();
  }

  final void assertRefused(CallResult result, ReasonCode reason) {
    assertThat(result)
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.reason()).isEqualTo(reason));
    assertThat(wipes()).isZero();
  }
}
