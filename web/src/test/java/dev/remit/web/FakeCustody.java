package dev.remit.web;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.custody.Custody;
import dev.remit.core.evidence.Bodies.Hold;
import dev.remit.core.identity.Person;
import dev.remit.core.tenant.TenantId;
import java.util.List;

/** Keeps nothing and lets everybody ask. */
final class FakeCustody implements Custody {

  @Override
  public Ordered hold(Person person, TenantId tenant, String reason) {
    return new Held("hold-1");
  }

  @Override
  public List<Hold> holds(TenantId tenant) {
    return List.of(new Hold(tenant, "hold-1", "staff/ann", "a lawsuit", Samples.NOW));
  }

  @Override
  public Wish askToLift(Person person, TenantId tenant, String hold, String reason) {
    return new Asked(new ProposalId("proposal-1"));
  }

  @Override
  public Wish askToErase(Person person, TenantId tenant, String entry, String reason) {
    return new Asked(new ProposalId("proposal-1"));
  }
}
