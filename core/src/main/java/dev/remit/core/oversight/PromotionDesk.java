package dev.remit.core.oversight;

import dev.remit.core.approval.Asker;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.Subject;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.ProposalLedger;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonFunction;
import dev.remit.core.release.Release;
import dev.remit.core.release.Releases;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Levels, and asking for one more. */
public final class PromotionDesk implements Promotions {

  private static final int LONGEST_REASON = 1_000;
  private static final Set<PersonFunction> ASKERS =
      Set.of(PersonFunction.OVERSEE, PersonFunction.OPERATE, PersonFunction.ADMINISTER);

  private final OversightPorts ports;
  private final ProposalLedger proposals;
  private final ProposalLedger.Caps caps;
  private final Releases releases;
  private final InstantSource clock;
  private final EntryMaker entries;

  /** Works on these. */
  public PromotionDesk(
      OversightPorts ports,
      ProposalLedger proposals,
      ProposalLedger.Caps caps,
      Releases releases,
      InstantSource clock,
      EntryMaker entries) {
    this.ports = ports;
    this.proposals = proposals;
    this.caps = caps;
    this.releases = releases;
    this.clock = clock;
    this.entries = entries;
  }

  @Override
  public List<Rung> levels(Person person, TenantId tenant) {
    var people = releases.active().release().people();
    boolean isVouched =
        people
            .organisationOf(person.id().issuer())
            .filter(person.organisation()::equals)
            .isPresent();
    boolean isTheirs =
        person.organisation() instanceof Organisation.Msp
            || person.organisation().equals(new Organisation.Client(tenant));
    return isVouched && isTheirs && !people.functionsOf(person, tenant).isEmpty()
        ? levels(tenant)
        : List.of();
  }

  @Override
  public List<Rung> levels(TenantId tenant) {
    var release = releases.active().release();
    var tallies =
        ports.ledger().tallies(tenant).stream()
            .collect(Collectors.toMap(Tally::scope, tally -> tally));
    var overdue = overdue(tenant);
    long position = ports.ledger().position(tenant).next();
    return scopes(release, tenant).stream()
        .map(scope -> rung(release, scope, tallies, overdue, position))
        .toList();
  }

  /** Task classes of the classes that have an identity at this tenant. */
  private static List<AutonomyScope> scopes(Release release, TenantId tenant) {
    var scopes = new ArrayList<AutonomyScope>();
    for (var agentClass : release.agentClasses().values()) {
      boolean isHere =
          agentClass.identities().stream().anyMatch(one -> one.agent().tenant().equals(tenant));
      if (isHere) {
        agentClass
            .taskClasses()
            .forEach(name -> scopes.add(new AutonomyScope(tenant, agentClass.id(), name)));
      }
    }
    scopes.sort(Comparator.comparing(AutonomyScope::text));
    return scopes;
  }

  private Rung rung(
      Release release,
      AutonomyScope scope,
      Map<AutonomyScope, Tally> tallies,
      Map<AutonomyScope, Long> overdue,
      long position) {
    var agentClass =
        java.util.Objects.requireNonNull(release.agentClasses().get(scope.agentClass()));
    var range = agentClass.autonomy().in(scope.taskClass());
    return new Rung(
        scope,
        ports.levels().inForce(agentClass, scope.tenant(), scope.taskClass()),
        range.start(),
        range.upTo(),
        ports.levels().standing(scope),
        tallies.getOrDefault(scope, Tally.none(scope)),
        overdue.getOrDefault(scope, 0L),
        position);
  }

  private Map<AutonomyScope, Long> overdue(TenantId tenant) {
    var now = clock.instant();
    var counts = new HashMap<AutonomyScope, Long>();
    ports.ledger().open(tenant, Optional.empty(), 1_000).stream()
        .filter(item -> item.isOverdueAt(now))
        .forEach(item -> counts.merge(item.scope(), 1L, Long::sum));
    return counts;
  }

  @Override
  public Raise ask(Person person, AutonomyScope scope, String reason) {
    var release = releases.active().release();
    if (!mayAsk(person, scope.tenant(), release)) {
      return new NotAsked("you may not ask for this");
    }
    if (reason.isBlank() || reason.length() > LONGEST_REASON) {
      return new NotAsked("say why in at most " + LONGEST_REASON + " characters");
    }
    var rung = levels(scope.tenant()).stream().filter(r -> r.scope().equals(scope)).findFirst();
    var next = rung.flatMap(Rung::next);
    if (rung.isEmpty() || next.isEmpty()) {
      return new NotAsked("the policy version in force lets this rise no further");
    }
    if (rung.get().overdue() > 0) {
      return new NotAsked("effects of this wait for certification past their time: do these first");
    }
    var agentClass =
        java.util.Objects.requireNonNull(release.agentClasses().get(scope.agentClass()));
    return proposed(subject(rung.get(), agentClass, next.get(), person, reason));
  }

  private static boolean mayAsk(Person person, TenantId tenant, Release release) {
    var people = release.people();
    return person.organisation() instanceof Organisation.Msp
        && people
            .organisationOf(person.id().issuer())
            .filter(person.organisation()::equals)
            .isPresent()
        && people.functionsOf(person, tenant).stream().anyMatch(ASKERS::contains);
  }

  private static Subject.OfPromotion subject(
      Rung rung,
      AgentClass agentClass,
      dev.remit.core.identity.AutonomyLevel to,
      Person person,
      String reason) {
    return new Subject.OfPromotion(
        rung.scope().tenant(),
        rung.scope().agentClass(),
        rung.scope().taskClass(),
        rung.inForce(),
        to,
        rung.standing().map(Standing::revision).orElse(0L),
        evidence(rung.evidence()),
        rung.position(),
        agentClass.owners(),
        Asker.of(person),
        reason);
  }

  private static Value.Obj evidence(Tally tally) {
    return Value.object(
        "done", tally.done(),
        "certified", tally.certified(),
        "objected", tally.objected(),
        "unknown", tally.unknown(),
        "refusals", tally.refusals(),
        "loweredAt", tally.loweredAt().map(Object::toString).orElse("never"));
  }

  private Raise proposed(Subject.OfPromotion subject) {
    var now = clock.instant();
    var proposal = PromotionCase.proposal(entries.handle(), subject, now);
    var entry =
        entries.of(
            Entry.Kind.PROPOSED,
            proposal,
            now,
            Value.object(
                "by", subject.asker().text(),
                "agentClass", subject.agentClass().value(),
                "taskClass", subject.taskClass(),
                "from", subject.from().text(),
                "to", subject.to().text(),
                "reason", subject.reason()));
    return proposals
        .propose(proposal, caps, Optional.empty(), entry)
        .<Raise>map(stored -> new Asked(stored.id()))
        .orElseGet(() -> new NotAsked("too much waits for people already: try again later"));
  }

  /**
   * Raises what people granted, unless anything has moved since they were asked.
   *
   * @return false when it is not raised
   */
  public boolean raise(
      Proposal proposal, Subject.OfPromotion subject, Release release, Entry resolution) {
    var scope = new AutonomyScope(subject.tenant(), subject.agentClass(), subject.taskClass());
    var now = clock.instant();
    var ladder = new Ladder(ports.levels().now(), release, entries, now);
    boolean isAsAsked =
        ladder.revision(scope) == subject.revision()
            && ladder.at(scope) == subject.from()
            && subject.from().raised().equals(Optional.of(subject.to()))
            && ladder
                .range(scope)
                .filter(range -> subject.to().compareTo(range.upTo()) <= 0)
                .isPresent();
    if (!isAsAsked) {
      return false;
    }
    var change =
        ladder.raise(
            scope,
            subject.to(),
            Value.object("proposal", proposal.digest(), "handle", proposal.id().value()));
    boolean isRaised = ports.ledger().promote(proposal, resolution, change);
    ports.levels().refresh();
    return isRaised;
  }
}
