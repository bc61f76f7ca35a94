package dev.remit.core.flow;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;

/**
 * The granted proposal that a call is made by.
 *
 * @param step which step of a plan, counted from 1; zero for a proposal of one call
 */
record Granted(Proposal proposal, int step) {

  /** One call, granted as such. */
  static Granted whole(Proposal proposal) {
    return new Granted(proposal, 0);
  }

  boolean isStep() {
    return step > 0;
  }

  /** Under which name one intent uses it, for ever. */
  ProposalId use() {
    return isStep() ? proposal.id().ofStep(step) : proposal.id();
  }
}
