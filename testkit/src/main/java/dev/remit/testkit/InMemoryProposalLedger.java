package dev.remit.testkit;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.ProposalLedger;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@link ProposalLedger} in memory. */
final class InMemoryProposalLedger implements ProposalLedger {
  private final MemoryState state;

  InMemoryProposalLedger(MemoryState state) {
    this.state = state;
  }

  @Override
  public Proposal propose(Proposal proposal, Entry entry) {
    return state.read(() ->
        state.proposals.values().stream()
            .filter(other -> isSame(other, proposal))
            .findFirst()
            .orElseGet(() -> {
              state.proposals.put(proposal.id(), proposal);
              state.append(entry);
              return proposal;
            }));
  }

  private static boolean isSame(Proposal other, Proposal proposal) {
    return other.stateAt(proposal.askedAt()) == Proposal.State.OPEN
        && other.tenant().equals(proposal.tenant())
        && other.task().equals(proposal.task())
        && other.digest().equals(proposal.digest());
  }

  @Override
  public Optional<Proposal> find(TenantId tenant, ProposalId id) {
    return state.read(
        () -> Optional.ofNullable(state.proposals.get(id)).filter(p -> p.tenant().equals(tenant)));
  }

  @Override
  public List<Proposal> overdue(Instant at) {
    return state.read(() ->
        state.proposals.values().stream()
            .filter(p -> p.state() == Proposal.State.OPEN)
            .filter(p -> p.stateAt(at) == Proposal.State.EXPIRED)
            .toList());
  }

  @Override
  public boolean end(Proposal proposal, Proposal.State end, Entry entry) {
    return state.read(() -> {
      var stored = state.proposals.get(proposal.id());
      if (stored == null || stored.state() != Proposal.State.OPEN) {
        return false;
      }
      state.proposals.put(stored.id(), in(stored, end));
      state.append(entry);
      return true;
    });
  }

  @Override
  public List<Proposal> list(TenantId tenant, int limit) {
    return state.read(() ->
        state.proposals.values().stream()
            .filter(p -> p.tenant().equals(tenant))
            .toList()
            .reversed()
            .stream()
            .limit(limit)
            .toList());
  }

  static Proposal in(Proposal p, Proposal.State state) {
    return new Proposal(
        p.id(),
        p.tenant(),
        p.task(),
        p.agent(),
        p.instance(),
        p.tool(),
        p.arguments(),
        p.digest(),
        p.rules(),
        p.askedAt(),
        p.answerBy(),
        state);
  }
}
