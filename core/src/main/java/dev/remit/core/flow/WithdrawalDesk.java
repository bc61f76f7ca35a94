package dev.remit.core.flow;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.evidence.Entry;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonFunction;
import dev.remit.core.release.People;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;

/** Withdrawing by people who operate. */
final class WithdrawalDesk implements Withdrawals {

  private static final int LONGEST_REASON = 1_000;

  private final Ports ports;
  private final Entries entries;

  WithdrawalDesk(Ports ports, Entries entries) {
    this.ports = ports;
    this.entries = entries;
  }

  @Override
  public Result withdraw(Person person, TenantId tenant, ProposalId id, String reason) {
    var people = ports.releases().active().release().people();
    return isOperator(people, person, tenant)
        ? withdrawn(person.id().text(), tenant, id, reason)
        : new NotWithdrawn("you may not operate here");
  }

  static boolean isOperator(People people, Person person, TenantId tenant) {
    return person.organisation() instanceof Organisation.Msp
        && people
            .organisationOf(person.id().issuer())
            .filter(person.organisation()::equals)
            .isPresent()
        && people.functionsOf(person, tenant).contains(PersonFunction.OPERATE);
  }

  /** What a client's people asked for themselves is theirs. */
  static boolean isOurs(Proposal proposal) {
    return proposal.subject() instanceof Subject.OfAgent
        || proposal.tenant().equals(TenantId.OPERATOR);
  }

  @Override
  public Result withdrawAsOperator(TenantId tenant, ProposalId id, String reason) {
    return withdrawn("operator", tenant, id, reason);
  }

  private Result withdrawn(String by, TenantId tenant, ProposalId id, String reason) {
    if (reason.isBlank() || reason.length() > LONGEST_REASON) {
      return new NotWithdrawn("say why in at most " + LONGEST_REASON + " characters");
    }
    var found = ports.proposals().find(tenant, id);
    if (found.isEmpty()) {
      return new NoSuchProposal();
    }
    var proposal = found.get();
    if (!isOurs(proposal)) {
      return new NotWithdrawn("the client's people asked for this: they refuse it or let it pass");
    }
    var now = ports.clock().instant();
    boolean isEnded =
        proposal.stateAt(now).isLive()
            && ports
                .proposals()
                .end(
                    proposal,
                    Proposal.State.WITHDRAWN,
                    entries.ofProposal(
                        Entry.Kind.PROPOSAL_ENDED,
                        proposal,
                        now,
                        Value.object("state", "withdrawn", "by", by),
                        Words.body(reason)));
    return isEnded ? new Withdrawn() : new NotWithdrawn("it is over already");
  }
}
