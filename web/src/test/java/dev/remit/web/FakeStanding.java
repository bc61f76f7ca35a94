package dev.remit.web;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.flow.Standing;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Person;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Standing approvals that remember what was asked of them. */
final class FakeStanding implements Standing {

  final List<Wish> wishes = new CopyOnWriteArrayList<>();
  final List<String> withdrawn = new CopyOnWriteArrayList<>();

  @Override
  public Asked ask(Person person, Wish wish) {
    wishes.add(wish);
    return wish.uses() > MOST_USES
        ? new NotAsked("a standing approval is for 1 to 20 uses")
        : new Waits(Samples.proposal());
  }

  @Override
  public List<InForce> of(TenantId tenant) {
    return tenant.equals(Team.HARBOR) ? List.of(new InForce(proposal(), 3)) : List.of();
  }

  /** Of a restart at Harbor Dental, with words that need a look. */
  static Proposal proposal() {
    var like = Samples.proposal();
    return new Proposal(
        new ProposalId("proposal-1"),
        Team.HARBOR,
        new Subject.OfStanding(
            AgentId.parse("service-desk/harbor-dental/production/change"),
            "restart-service",
            "rmm_restart_service",
            Value.object("device", "1001", "service", "Spooler"),
            Set.of("service"),
            10,
            Samples.NOW.plusSeconds(604_800),
            new dev.remit.core.approval.Asker(Team.OPERATOR.id(), Optional.empty()),
            "it hangs every \u202emorning",
            "sha256:match"),
        "sha256:standing",
        like.rules(),
        like.parties(),
        like.facts(),
        like.askedAt(),
        like.answerBy(),
        Optional.of(Samples.NOW.plusSeconds(604_800)),
        Proposal.State.GRANTED);
  }

  @Override
  public boolean withdraw(TenantId tenant, ProposalId id, String by, String reason) {
    withdrawn.add(tenant + "/" + id + " by " + by + ": " + reason);
    return id.value().equals("proposal-1");
  }
}
