package dev.remit.web;

import dev.remit.core.approval.Assertion;
import dev.remit.core.approval.Card;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Verdict;
import dev.remit.core.flow.Approvals;
import dev.remit.core.flow.Withdrawals;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** One proposal per tenant, and a memory of what was answered. */
final class FakeApprovals implements Approvals {

  record Given(Person person, TenantId tenant, ProposalId id, Verdict verdict, Assertion by) {}

  final List<Given> given = new CopyOnWriteArrayList<>();
  final List<String> withdrawn = new CopyOnWriteArrayList<>();
  volatile String risk = "high";

  @Override
  public Page inbox(Person person, Optional<String> cursor, int limit) {
    var tenant =
        person.organisation() instanceof Organisation.Client(TenantId own)
            ? own
            : Samples.AGENT.tenant();
    return cursor.isPresent()
        ? new Page(List.of(), Optional.empty())
        : new Page(List.of(Cards.of(tenant, risk)), Optional.of("next-1"));
  }

  @Override
  public Optional<Card> card(Person person, TenantId tenant, ProposalId id) {
    return id.value().equals("proposal-1") ? Optional.of(Cards.of(tenant, risk)) : Optional.empty();
  }

  @Override
  public Optional<Card> progress(Person person, TenantId tenant, ProposalId id) {
    return card(person, tenant, id);
  }

  @Override
  public AnswerResult answer(
      Person person,
      TenantId tenant,
      ProposalId id,
      Verdict verdict,
      String reason,
      Assertion assertion) {
    if (!id.value().equals("proposal-1")) {
      return new NoSuchProposal();
    }
    if (!assertion.signature().equals("good")) {
      return new NotCounted("the signature is wrong");
    }
    given.add(new Given(person, tenant, id, verdict, assertion));
    return new Counted(Proposal.State.OPEN);
  }

  @Override
  public Result withdraw(Person person, TenantId tenant, ProposalId id, String reason) {
    return withdrawn(person.id().text(), tenant, id, reason);
  }

  @Override
  public Result withdrawAsOperator(TenantId tenant, ProposalId id, String reason) {
    return withdrawn("operator", tenant, id, reason);
  }

  private Result withdrawn(String by, TenantId tenant, ProposalId id, String reason) {
    if (!id.value().equals("proposal-1")) {
      return new Withdrawals.NoSuchProposal();
    }
    if (reason.equals("late")) {
      return new NotWithdrawn("it is over already");
    }
    withdrawn.add(by + " at " + tenant + ": " + reason);
    return new Withdrawn();
  }

  /** Cards to test with. */
  static final class Cards {
    private Cards() {}

    static Card of(TenantId tenant, String risk) {
      return new Card(
          new ProposalId("proposal-1"),
          tenant,
          "call",
          "sha256:00",
          Proposal.State.OPEN,
          "Harbor Dental",
          "production",
          "rmm_restart_service",
          risk,
          Value.object("device", "7"),
          Optional.of(new Card.Diff("text", "old", "new")),
          List.of(new Card.Target("device", "7", Value.object("role", "domain-controller"))),
          List.of("it is a domain controller"),
          "4711",
          "printing is slow",
          "u-1",
          "service-desk/harbor-dental/production/change",
          "service-managers",
          "task-1",
          Optional.of("please restart"),
          List.of(new Card.Need("msp.senior-technicians", 1, 0)),
          List.of(),
          Samples.NOW,
          Samples.NOW.plusSeconds(1800),
          Optional.empty(),
          true,
          Optional.empty(),
          Optional.of("Z3JhbnQ"),
          Optional.of("cmVmdXNl"),
          List.of("key-1"),
          List.of(),
          true);
    }
  }
}
