package dev.remit.core.flow;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;

/**
 * The granted proposal that a call is made by.
 *
 * @param step which step of a plan or use of a standing approval, counted from 1; zero for a
 *     proposal of one call
 */
record Granted(Proposal proposal, int step) {

  /** One call, granted as such. */
  static Granted whole(Proposal proposal) {
    return new Granted(proposal, 0);
  }

  /** One use of a standing approval; the call is made as any other. */
  boolean isStanding() {
    return proposal.subject() instanceof Subject.OfStanding;
  }

  boolean isStep() {
    return step > 0 && proposal.plan().isPresent();
  }

  /** Under which name one intent uses it, for ever. */
  ProposalId use() {
    return step > 0 ? proposal.id().ofStep(step) : proposal.id();
  }
}
