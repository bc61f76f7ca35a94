package dev.remit.core.flow;

import dev.remit.core.approval.Answer;
import dev.remit.core.approval.AnswerChallenge;
import dev.remit.core.approval.Assertion;
import dev.remit.core.approval.AssertionCheck;
import dev.remit.core.approval.Card;
import dev.remit.core.approval.Eligibility;
import dev.remit.core.approval.PlanStep;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Verdict;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.ProposalLedger.Place;
import dev.remit.core.identity.Grade;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.release.Release;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How people read and answer proposals. */
final class ApprovalDesk implements Approvals {

  private static final int LONGEST_REASON = 1_000;

  private final Ports ports;
  private final Entries entries;
  private final Resolution resolution;
  private final Cards cards;
  private final Withdrawals withdrawals;

  ApprovalDesk(Ports ports, Entries entries, Resolution resolution) {
    this.ports = ports;
    this.entries = entries;
    this.resolution = resolution;
    this.cards = new Cards(resolution.check());
    this.withdrawals = new WithdrawalDesk(ports, entries);
  }

  @Override
  public Page inbox(Person person, Optional<String> cursor, int limit) {
    if (limit < 1 || limit > 100) {
      throw new InvalidValueException("a page has 1 to 100 cards");
    }
    var release = ports.releases().active().release();
    var now = ports.clock().instant();
    var found =
        ports
            .proposals()
            .inbox(visible(person, release), now, cursor.map(ApprovalDesk::place), limit + 1);
    var shown = found.subList(0, Math.min(limit, found.size()));
    var answers = ports.proposals().answers(shown);
    var reader = reader(person, now);
    return new Page(
        shown.stream()
            .map(p -> cards.of(p, answers.getOrDefault(p.id(), List.of()), reader, release, now))
            .toList(),
        found.size() > limit ? Optional.of(cursor(shown.getLast())) : Optional.empty());
  }

  @Override
  public Optional<Card> card(Person person, TenantId tenant, ProposalId id) {
    return shown(person, tenant, id, true);
  }

  @Override
  public Optional<Card> progress(Person person, TenantId tenant, ProposalId id) {
    return shown(person, tenant, id, false);
  }

  private Optional<Card> shown(Person person, TenantId tenant, ProposalId id, boolean isRead) {
    var release = ports.releases().active().release();
    var found = seen(person, tenant, id, release);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    var proposal = resolution.resolved(found.get(), release);
    var now = ports.clock().instant();
    if (isRead) {
      var by = Value.object("person", person.id().text());
      ports.journal().append(entries.ofProposal(Entry.Kind.PROPOSAL_READ, proposal, now, by));
    }
    var answers = ports.proposals().answers(tenant, id);
    return Optional.of(cards.of(proposal, answers, reader(person, now), release, now));
  }

  @Override
  public AnswerResult answer(
      Person person,
      TenantId tenant,
      ProposalId id,
      Verdict verdict,
      String reason,
      Assertion assertion) {
    var release = ports.releases().active().release();
    var found = seen(person, tenant, id, release);
    if (found.isEmpty()) {
      return new NoSuchProposal();
    }
    var proposal = found.get();
    var now = ports.clock().instant();
    if (proposal.stateAt(now) != Proposal.State.OPEN) {
      return new NotCounted("it is not open any more");
    }
    if (reason.length() > LONGEST_REASON) {
      return new NotCounted("give a reason of at most " + LONGEST_REASON + " characters");
    }
    var eligibility = new Eligibility(release.people());
    var who = eligibility.who(person, tenant);
    var objection = eligibility.objection(proposal, who, now);
    if (objection.isPresent()) {
      return new NotCounted(objection.get());
    }
    if (verdict == Verdict.GRANT && isForGood(proposal, release) && !isFresh(person, now)) {
      return new NotCounted("this cannot be taken back: sign in again and answer then");
    }
    var answer =
        new Answer(
            id,
            person.id(),
            person.name(),
            person.organisation(),
            who.groups(),
            who.emailDigest(),
            verdict,
            reason,
            now,
            assertion);
    return signed(proposal, answer, release);
  }

  private static boolean isFresh(Person person, Instant now) {
    return now.isBefore(person.signedInAt().plus(FRESH_WITHIN));
  }

  /** Whether it cannot be taken back, by policy or by what people are shown. */
  private static boolean isForGood(Proposal proposal, Release release) {
    var tools =
        proposal
            .plan()
            .map(plan -> plan.steps().stream().map(PlanStep::tool).toList())
            .or(() -> proposal.call().map(call -> List.of(call.tool())))
            .orElse(List.of());
    return proposal.facts().text("risk").filter(Grade.DESTRUCTIVE.text()::equals).isPresent()
        || tools.stream()
            .map(release.tools()::get)
            .anyMatch(tool -> tool != null && tool.effect() == Grade.DESTRUCTIVE);
  }

  @Override
  public Withdrawals.Result withdraw(Person person, TenantId tenant, ProposalId id, String reason) {
    return withdrawals.withdraw(person, tenant, id, reason);
  }

  @Override
  public Withdrawals.Result withdrawAsOperator(TenantId tenant, ProposalId id, String reason) {
    return withdrawals.withdrawAsOperator(tenant, id, reason);
  }

  private AnswerResult signed(Proposal proposal, Answer answer, Release release) {
    var assertion = answer.assertion();
    var key =
        ports
            .people()
            .keys()
            .find(assertion.credentialId())
            .filter(one -> one.person().equals(answer.person()))
            .filter(one -> one.organisation().equals(answer.organisation()))
            .filter(one -> one.isLiveAt(answer.at()));
    if (key.isEmpty()) {
      return new NotCounted("this is no key of yours that counts");
    }
    byte[] challenge =
        AnswerChallenge.of(proposal, answer.verdict(), answer.person(), answer.groups());
    return switch (ports.people().check().check(key.get(), challenge, assertion)) {
      case AssertionCheck.Invalid(String why) -> new NotCounted(why);
      case AssertionCheck.Valid(long counter) -> stored(proposal, answer, counter, release);
    };
  }

  private AnswerResult stored(Proposal proposal, Answer answer, long counter, Release release) {
    var entry =
        entries.ofProposal(
            Entry.Kind.ANSWERED,
            proposal,
            answer.at(),
            Value.object(
                "person", answer.person().text(),
                "organisation", answer.organisation().text(),
                "groups", Value.texts(answer.groups().stream().sorted().toList()),
                "verdict", answer.verdict().name().toLowerCase(java.util.Locale.ROOT),
                "key", answer.assertion().credentialId(),
                "clientData", answer.assertion().clientDataJson(),
                "authenticatorData", answer.assertion().authenticatorData(),
                "signature", answer.assertion().signature()),
            Words.body(answer.reason()));
    return switch (ports.proposals().answer(proposal.tenant(), answer, counter, entry)) {
      case COUNTED ->
          new Counted(resolution.resolved(proposal, release).stateAt(ports.clock().instant()));
      case CLOSED -> new NotCounted("it is not open any more");
      case ALREADY -> new NotCounted("you have answered");
      case KEY_REFUSED -> new NotCounted("this key was used elsewhere: have it removed");
    };
  }

  private Optional<Proposal> seen(Person person, TenantId tenant, ProposalId id, Release release) {
    return visible(person, release).contains(tenant)
        ? ports.proposals().find(tenant, id)
        : Optional.empty();
  }

  /** Tenants whose proposals somebody may see: all for the MSP's people, their own for a client. */
  private static Set<TenantId> visible(Person person, Release release) {
    var people = release.people();
    var isVouched =
        people.organisationOf(person.id().issuer()).filter(person.organisation()::equals);
    if (isVouched.isEmpty()) {
      return Set.of();
    }
    return switch (person.organisation()) {
      case Organisation.Client(TenantId tenant) when !people.groupsOf(person, tenant).isEmpty() ->
          Set.of(tenant);
      case Organisation.Client ignored -> Set.of();
      case Organisation.Msp() -> {
        var all = new HashSet<>(release.tenants().keySet());
        all.add(TenantId.OPERATOR);
        yield people.groupsOf(person, TenantId.OPERATOR).isEmpty() ? Set.of() : all;
      }
    };
  }

  private Cards.Reader reader(Person person, Instant now) {
    return new Cards.Reader(
        person,
        ports.people().keys().of(person.id()).stream()
            .filter(key -> key.isLiveAt(now))
            .filter(key -> key.organisation().equals(person.organisation()))
            .toList());
  }

  private static String cursor(Proposal last) {
    return last.answerBy() + "~" + last.tenant() + "~" + last.id();
  }

  private static Place place(String cursor) {
    var parts = cursor.split("~", -1);
    try {
      if (parts.length == 3) {
        return new Place(Instant.parse(parts[0]), new TenantId(parts[1]), new ProposalId(parts[2]));
      }
    } catch (DateTimeException e) {
      // It is told below.
    }
    throw new InvalidValueException("the cursor is none of ours: begin at the first page");
  }
}
