package dev.remit.core.evidence;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The store of proposals; each change commits together with its entry. */
public interface ProposalLedger {

  /**
   * Stores a proposal, or finds the open one of the same tenant, task and digest: equal proposals
   * collapse.
   */
  Proposal propose(Proposal proposal, Entry entry);

  /** The proposal of this tenant with this handle. */
  Optional<Proposal> find(TenantId tenant, ProposalId id);

  /** Open proposals whose time to answer is over, over all tenants. */
  List<Proposal> overdue(Instant at);

  /** Ends an open proposal; false when it was no longer open. */
  boolean end(Proposal proposal, Proposal.State state, Entry entry);

  /** Proposals of a tenant, newest first, at most {@code limit}. */
  List<Proposal> list(TenantId tenant, int limit);
}
