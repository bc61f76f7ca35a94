package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Assertion;
import dev.remit.core.approval.Card;
import dev.remit.core.approval.PersonKey;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Verdict;
import dev.remit.core.flow.Approvals;
import dev.remit.core.flow.Keys;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonId;
import dev.remit.core.tenant.TenantId;
import dev.remit.testkit.FakeAuthenticator;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * People of the MSP and of Harbor, each with a key that came the way keys come: Ada by the one-time
 * link, the others by her answer; Hanna by the link, Hugo by Hanna's answer and three days.
 */
final class Crowd {

  /** As if everybody had just signed in, whatever a test's clock says. */
  static final java.time.Instant SIGNED_IN = java.time.Instant.parse("2100-01-01T00:00:00Z");

  /** Somebody with a key. */
  record Human(Person person, FakeAuthenticator key) {}

  private final FlowWorld world;
  final Human ada;
  final Human sam;
  final Human sue;
  final Human olga;
  final Human hanna;
  final Human hugo;

  Crowd(FlowWorld world) {
    this.world = world;
    ada = first(msp("ada", "admins"));
    sam = enrolled(msp("sam", "seniors"), ada);
    sue = enrolled(msp("sue", "seniors"), ada);
    olga = enrolled(msp("olga", "ops", "seniors"), ada);
    hanna = first(client("hanna"));
    hugo = enrolled(client("hugo"), hanna);
    world.pass(Duration.ofDays(3));
    world.seeInventory();
  }

  static Person msp(String name, String... groups) {
    return person("staff", name, new Organisation.Msp(), groups);
  }

  static Person client(String name) {
    return person("harbor", name, new Organisation.Client(HARBOR), "it-approvers");
  }

  static Person person(String issuer, String name, Organisation organisation, String... groups) {
    return new Person(
        new PersonId(issuer, name),
        name,
        organisation,
        Set.of(groups),
        Optional.of(name + "@" + issuer + ".example"),
        SIGNED_IN);
  }

  static Human human(Person person) {
    return new Human(person, new FakeAuthenticator("key-of-" + person.id().subject()));
  }

  /** The key as a browser's ceremony hands it on. */
  PersonKey keyOf(Human human) {
    var now = world.clock.instant();
    return new PersonKey(
        human.key().credentialId(),
        human.person().id(),
        human.person().organisation(),
        human.key().credential(),
        0,
        now,
        now,
        false,
        "a key");
  }

  Human first(Person person) {
    var human = human(person);
    assertThat(keys().first(person, keyOf(human))).isInstanceOf(Keys.Registered.class);
    return human;
  }

  Human enrolled(Person person, Human by) {
    var human = human(person);
    var tenant = person.organisation() instanceof Organisation.Msp ? TenantId.OPERATOR : HARBOR;
    assertThat(keys().ask(person, keyOf(human)))
        .isInstanceOfSatisfying(
            Keys.Waits.class,
            waits ->
                assertThat(answer(by, tenant, waits.proposal(), Verdict.GRANT))
                    .isInstanceOf(Approvals.Counted.class));
    return human;
  }

  Keys keys() {
    return world.drivers().keys();
  }

  Approvals approvals() {
    return world.drivers().approvals();
  }

  Optional<Card> card(Human human, ProposalId id) {
    return approvals().card(human.person(), HARBOR, id);
  }

  Approvals.AnswerResult grant(Human human, ProposalId id) {
    return answer(human, HARBOR, id, Verdict.GRANT);
  }

  Approvals.AnswerResult refuse(Human human, ProposalId id) {
    return answer(human, HARBOR, id, Verdict.REFUSE);
  }

  /** Reads the card and signs what it says. */
  Approvals.AnswerResult answer(Human human, TenantId tenant, ProposalId id, Verdict verdict) {
    return answer(human, tenant, id, verdict, signed(human, tenant, id, verdict));
  }

  Approvals.AnswerResult answer(
      Human human, TenantId tenant, ProposalId id, Verdict verdict, Assertion assertion) {
    return approvals().answer(human.person(), tenant, id, verdict, "", assertion);
  }

  /** What the human's key signs of the card; of nothing where it shows no challenge. */
  Assertion signed(Human human, TenantId tenant, ProposalId id, Verdict verdict) {
    var card = approvals().card(human.person(), tenant, id);
    var challenge =
        card.flatMap(c -> verdict == Verdict.GRANT ? c.grantChallenge() : c.refuseChallenge());
    return human.key().sign(challenge.map(Base64.getUrlDecoder()::decode).orElse(new byte[32]));
  }
}
