package dev.remit.core.flow;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.call.CallId;
import dev.remit.core.evidence.Entry;
import dev.remit.core.oversight.EntryMaker;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.Optional;

/** The drivers' entries as oversight makes them. */
record OversightEntries(Entries entries, Ids ids) implements EntryMaker {

  @Override
  public Entry of(
      Entry.Kind kind, TenantId tenant, Optional<CallId> call, Instant at, Value.Obj fields) {
    return call.isPresent()
        ? entries.ofCall(kind, tenant, call.get(), Optional.empty(), at, fields, Value.Obj.EMPTY)
        : entries.of(kind, tenant, at, fields);
  }

  @Override
  public Entry of(Entry.Kind kind, Proposal proposal, Instant at, Value.Obj fields) {
    return entries.ofProposal(kind, proposal, at, fields);
  }

  @Override
  public ProposalId handle() {
    return new ProposalId(ids.id());
  }
}
