package dev.remit.core.oversight;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.call.CallId;
import dev.remit.core.evidence.Entry;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes entries and handles with fresh names. A field {@code reason} is what a person typed: its
 * digest goes into the leaf, its words beside it.
 */
public interface EntryMaker {

  /** An entry, about a call where there is one. */
  Entry of(Entry.Kind kind, TenantId tenant, Optional<CallId> call, Instant at, Value.Obj fields);

  /** An entry about a proposal. */
  Entry of(Entry.Kind kind, Proposal proposal, Instant at, Value.Obj fields);

  /** A fresh handle. */
  ProposalId handle();
}
