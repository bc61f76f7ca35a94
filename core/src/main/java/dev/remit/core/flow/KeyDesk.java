package dev.remit.core.flow;

import dev.remit.core.approval.Asker;
import dev.remit.core.approval.Eligibility;
import dev.remit.core.approval.Parties;
import dev.remit.core.approval.PersonKey;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.call.Sha256;
import dev.remit.core.evidence.Entry;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonFunction;
import dev.remit.core.release.People;
import dev.remit.core.task.TaskClass.Answers;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How people's keys come and go. */
final class KeyDesk implements Keys {

  private static final Duration ANSWER_WITHIN = Duration.ofDays(3);
  private static final int LONGEST_LABEL = 100;

  private final Ports ports;
  private final Entries entries;
  private final Resolution resolution;

  KeyDesk(Ports ports, Entries entries, Resolution resolution) {
    this.ports = ports;
    this.entries = entries;
    this.resolution = resolution;
  }

  /** The log in which an organisation's keys are told. */
  static TenantId tenantOf(Organisation organisation) {
    return switch (organisation) {
      case Organisation.Msp() -> TenantId.OPERATOR;
      case Organisation.Client(TenantId tenant) -> tenant;
    };
  }

  @Override
  public List<PersonKey> of(Person person) {
    return ports.people().keys().of(person.id());
  }

  @Override
  public Registration ask(Person person, PersonKey key) {
    var release = ports.releases().active().release();
    var objection = objection(person, key, release.people());
    if (objection.isPresent()) {
      return new Refused(objection.get());
    }
    var now = ports.clock().instant();
    var proposal =
        proposal(
            new ProposalId(ports.ids().id()),
            new Subject.OfKey(key, person.name(), Asker.of(person).emailDigest()),
            now);
    var entry =
        entries.ofProposal(
            Entry.Kind.PROPOSED,
            proposal,
            now,
            Value.object("by", person.id().text(), "answerBy", proposal.answerBy().toString()));
    return ports
        .proposals()
        .propose(proposal, Fatigue.CAPS, Optional.empty(), entry)
        .<Registration>map(stored -> new Waits(stored.id()))
        .orElseGet(() -> new Refused("too much waits for people already: try again later"));
  }

  /** A key's proposal: all of it follows from the key, so that no row can say otherwise. */
  static Proposal proposal(ProposalId id, Subject.OfKey subject, Instant now) {
    var key = subject.key();
    var tenant = tenantOf(key.organisation());
    var from =
        key.organisation() instanceof Organisation.Msp
            ? Eligibility.ADMINISTRATORS
            : Eligibility.TENANT_APPROVERS;
    var rule =
        new AskRule(
            "remit/key", "true", List.of(new Answers(1, from)), ANSWER_WITHIN, ANSWER_WITHIN);
    var digest =
        Sha256.of(
            subject
                .asker()
                .in(
                    Value.object(
                        "kind", "key",
                        "tenant", tenant.value(),
                        "person", key.person().text(),
                        "organisation", key.organisation().text(),
                        "key", key.credentialId(),
                        "credential", key.credential(),
                        "label", key.label(),
                        "name", subject.name(),
                        "from", from)));
    return new Proposal(
        id,
        tenant,
        subject,
        digest,
        List.of(rule),
        Parties.askedBy(subject.asker()),
        Value.object(
            "tenantName",
            tenant.equals(TenantId.OPERATOR) ? "this installation" : tenant.value(),
            "risk",
            "high",
            "requester",
            key.person().text(),
            "why",
            List.of("a key answers for a person: make sure that it is this person's")),
        now,
        now.plus(ANSWER_WITHIN),
        Optional.empty(),
        Proposal.State.OPEN);
  }

  /** Why this person cannot have this key registered at all. */
  private Optional<String> objection(Person person, PersonKey key, People people) {
    boolean isOwn =
        key.person().equals(person.id()) && key.organisation().equals(person.organisation());
    if (!isOwn || key.isRemoved()) {
      return Optional.of("a key is registered by the person it belongs to");
    }
    var vouched = people.organisationOf(person.id().issuer());
    if (vouched.filter(person.organisation()::equals).isEmpty()) {
      return Optional.of("your issuer does not vouch for this organisation");
    }
    if (people.functionsOf(person, tenantOf(person.organisation())).isEmpty()) {
      return Optional.of("you have no function here that needs a key");
    }
    if (key.label().length() > LONGEST_LABEL) {
      return Optional.of("give it a name of at most " + LONGEST_LABEL + " characters");
    }
    return ports.people().keys().find(key.credentialId()).isPresent()
        ? Optional.of("this key is known already")
        : people.keyModels().objection(key);
  }

  @Override
  public Registration first(Person person, PersonKey asked) {
    var people = ports.releases().active().release().people();
    var objection = objection(person, asked, people).or(() -> notFirst(person, people));
    if (objection.isPresent()) {
      return new Refused(objection.get());
    }
    var now = ports.clock().instant();
    var key =
        new PersonKey(
            asked.credentialId(),
            asked.person(),
            asked.organisation(),
            asked.credential(),
            asked.counter(),
            now,
            now,
            false,
            asked.label());
    return ports.people().keys().registerFirst(key, resolution.registered(key, now))
        ? new Registered(key)
        : new Refused("somebody of your organisation has a key: ask for yours");
  }

  private static Optional<String> notFirst(Person person, People people) {
    var functions = people.functionsOf(person, tenantOf(person.organisation()));
    if (person.organisation() instanceof Organisation.Client) {
      return people
              .groupsOf(person, tenantOf(person.organisation()))
              .contains(Eligibility.TENANT_APPROVERS)
          ? Optional.empty()
          : Optional.of("the first key of a client is an approver's");
    }
    if (!functions.contains(PersonFunction.ADMINISTER)) {
      return Optional.of("the first key is an administrator's");
    }
    return functions.contains(PersonFunction.APPROVE)
        ? Optional.of("the first administrator is nobody who approves")
        : Optional.empty();
  }

  @Override
  public boolean remove(Person person, String credentialId) {
    var now = ports.clock().instant();
    return ports
        .people()
        .keys()
        .find(credentialId)
        .filter(key -> key.person().equals(person.id()))
        .filter(key -> !key.isRemoved())
        .filter(key ->
            ports
                .people()
                .keys()
                .remove(
                    credentialId,
                    now,
                    entries.of(
                        Entry.Kind.KEY_REMOVED,
                        tenantOf(key.organisation()),
                        now,
                        Value.object("person", key.person().text(), "key", credentialId))))
        .isPresent();
  }
}
