package dev.remit.core.custody;

import dev.remit.core.approval.Asker;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.Subject;
import dev.remit.core.evidence.Bodies;
import dev.remit.core.evidence.Bodies.Hold;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.ProposalLedger;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonFunction;
import dev.remit.core.oversight.EntryMaker;
import dev.remit.core.release.Releases;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeping and erasing, for people and for the rule of each tenant. */
public final class CustodyDesk implements Custody {

  private static final int LONGEST_REASON = 1_000;
  private static final int BATCH = 1_000;
  private static final Set<PersonFunction> KEEPERS =
      Set.of(PersonFunction.ADMINISTER, PersonFunction.OVERSEE, PersonFunction.OPERATE);

  private final Bodies bodies;
  private final ProposalLedger proposals;
  private final ProposalLedger.Caps caps;
  private final Releases releases;
  private final InstantSource clock;
  private final EntryMaker entries;

  /** Works on these. */
  public CustodyDesk(
      Bodies bodies,
      ProposalLedger proposals,
      ProposalLedger.Caps caps,
      Releases releases,
      InstantSource clock,
      EntryMaker entries) {
    this.bodies = bodies;
    this.proposals = proposals;
    this.caps = caps;
    this.releases = releases;
    this.clock = clock;
    this.entries = entries;
  }

  @Override
  public Ordered hold(Person person, TenantId tenant, String reason) {
    var objection = objection(person, tenant, reason);
    if (objection.isPresent()) {
      return new NotHeld(objection.get());
    }
    var now = clock.instant();
    var hold = new Hold(tenant, entries.handle().value(), person.id().text(), reason, now);
    bodies.order(
        hold,
        entries.of(
            Entry.Kind.LEGAL_HOLD_SET,
            tenant,
            Optional.empty(),
            now,
            Value.object("hold", hold.id(), "by", hold.by(), "reason", reason)));
    return new Held(hold.id());
  }

  @Override
  public List<Hold> holds(TenantId tenant) {
    return bodies.holds(tenant);
  }

  @Override
  public Wish askToLift(Person person, TenantId tenant, String hold, String reason) {
    var objection = objection(person, tenant, reason);
    if (objection.isPresent()) {
      return new NotAsked(objection.get());
    }
    return bodies.holds(tenant).stream().anyMatch(one -> one.id().equals(hold))
        ? proposed(Subject.OfBodies.Act.LIFT_HOLD, tenant, hold, person, reason)
        : new NotAsked("no hold of this name is in force");
  }

  @Override
  public Wish askToErase(Person person, TenantId tenant, String entry, String reason) {
    var objection = objection(person, tenant, reason);
    if (objection.isPresent()) {
      return new NotAsked(objection.get());
    }
    return bodies.holds(tenant).isEmpty()
        ? proposed(Subject.OfBodies.Act.ERASE, tenant, entry, person, reason)
        : new NotAsked("a legal hold is in force: it has to be lifted first");
  }

  /** Of the MSP whoever keeps the installation or looks at it; of a client who approves for it. */
  private Optional<String> objection(Person person, TenantId tenant, String reason) {
    var people = releases.active().release().people();
    boolean isVouched =
        people
            .organisationOf(person.id().issuer())
            .filter(person.organisation()::equals)
            .isPresent();
    var held = people.functionsOf(person, tenant);
    boolean isTheirs =
        switch (person.organisation()) {
          case Organisation.Msp() -> held.stream().anyMatch(KEEPERS::contains);
          case Organisation.Client(TenantId own) ->
              own.equals(tenant) && held.contains(PersonFunction.APPROVE);
        };
    if (!isVouched || !isTheirs) {
      return Optional.of("you may not ask for this");
    }
    return reason.isBlank() || reason.length() > LONGEST_REASON
        ? Optional.of("say why in at most " + LONGEST_REASON + " characters")
        : Optional.empty();
  }

  private Wish proposed(
      Subject.OfBodies.Act act, TenantId tenant, String what, Person person, String reason) {
    var now = clock.instant();
    var subject = new Subject.OfBodies(act, tenant, what, Asker.of(person), reason);
    var proposal = CustodyCase.proposal(entries.handle(), subject, now);
    var entry =
        entries.of(
            Entry.Kind.PROPOSED,
            proposal,
            now,
            Value.object("by", subject.asker().text(), "what", what, "reason", reason));
    return proposals
        .propose(proposal, caps, Optional.empty(), entry)
        .<Wish>map(stored -> new Asked(stored.id()))
        .orElseGet(() -> new NotAsked("too much waits for people already: try again later"));
  }

  /**
   * Does what people granted.
   *
   * @return false when it cannot be done any more
   */
  public boolean carryOut(Proposal granted, Subject.OfBodies subject, Entry resolution) {
    var now = clock.instant();
    return switch (subject.act()) {
      case LIFT_HOLD ->
          bodies.lift(
              subject.what(),
              granted,
              now,
              resolution,
              entries.of(
                  Entry.Kind.LEGAL_HOLD_LIFTED,
                  granted,
                  now,
                  Value.object("hold", subject.what(), "reason", subject.reason())));
      case ERASE ->
          bodies.erase(
              subject.what(),
              granted,
              resolution,
              entries.of(
                  Entry.Kind.BODIES_ERASED,
                  granted,
                  now,
                  Value.object(
                      "entry",
                      subject.what(),
                      "count",
                      1,
                      "rule",
                      "approved",
                      "by",
                      subject.asker().text())));
    };
  }

  /** Erases what is past the rules of the policy version in force; to be run now and then. */
  public void round() {
    var first = Optional.<RuntimeException>empty();
    for (var tenant : releases.active().release().tenants().values()) {
      try {
        round(tenant);
      } catch (RuntimeException e) {
        // One tenant's store must not keep the others' bodies past their rule.
        first = first.isEmpty() ? Optional.of(e) : first;
      }
    }
    if (first.isPresent()) {
      throw first.get();
    }
  }

  private void round(Tenant tenant) {
    if (tenant.retention().bodies().isEmpty()) {
      return;
    }
    var keep = tenant.retention().bodies().get();
    var before = clock.instant().minus(keep);
    boolean isMore = true;
    while (isMore) {
      var due = bodies.due(tenant.id(), before, BATCH);
      isMore = due.isPresent() && bodies.erase(due.get(), entry(due.get(), keep.toDays()));
    }
  }

  private Entry entry(Bodies.Due due, long days) {
    return entries.of(
        Entry.Kind.BODIES_ERASED,
        due.tenant(),
        Optional.empty(),
        clock.instant(),
        Value.object(
            "from", due.first(),
            "to", due.last(),
            "count", due.bodies(),
            "before", due.before().toString(),
            "rule", "retention " + days + "d",
            "by", "remit"));
  }
}
