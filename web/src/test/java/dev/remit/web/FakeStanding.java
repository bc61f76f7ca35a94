package dev.remit.web;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.flow.Standing;
import dev.remit.core.identity.Person;
import dev.remit.core.tenant.TenantId;
import java.util.List;
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
    return List.of(new InForce(Samples.proposal(), 3));
  }

  @Override
  public boolean withdraw(TenantId tenant, ProposalId id, String by, String reason) {
    withdrawn.add(tenant + "/" + id + " by " + by + ": " + reason);
    return id.value().equals("proposal-1");
  }
}
