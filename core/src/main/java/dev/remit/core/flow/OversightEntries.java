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

  private static final String REASON = "reason";

  @Override
  public Entry of(
      Entry.Kind kind, TenantId tenant, Optional<CallId> call, Instant at, Value.Obj fields) {
    return call.isPresent()
        ? entries.ofCall(kind, tenant, call.get(), Optional.empty(), at, leaf(fields), body(fields))
        : entries.of(kind, tenant, at, leaf(fields), body(fields));
  }

  @Override
  public Entry of(Entry.Kind kind, Proposal proposal, Instant at, Value.Obj fields) {
    return entries.ofProposal(kind, proposal, at, leaf(fields), body(fields));
  }

  /** What a person typed stands beside the leaf, where it can be erased. */
  private static Value.Obj leaf(Value.Obj fields) {
    return fields.without(REASON);
  }

  private static Value.Obj body(Value.Obj fields) {
    return fields.text(REASON).map(Words::body).orElse(Value.Obj.EMPTY);
  }

  @Override
  public ProposalId handle() {
    return new ProposalId(ids.id());
  }
}
