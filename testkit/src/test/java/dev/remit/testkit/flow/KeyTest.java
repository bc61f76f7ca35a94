package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.NORTHWIND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.PersonKey;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.approval.Verdict;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.flow.Approvals.Counted;
import dev.remit.core.flow.Approvals.NoSuchProposal;
import dev.remit.core.flow.Approvals.NotCounted;
import dev.remit.core.flow.Keys;
import dev.remit.core.identity.Organisation;
import dev.remit.core.tenant.TenantId;
import dev.remit.testkit.FakeAuthenticator;
import dev.remit.testkit.flow.Crowd.Human;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How keys come and go, and who cannot make them come. */
class KeyTest {
  private final FlowWorld world = new FlowWorld();
  private final Crowd crowd = new Crowd(world);

  private ProposalId asked(Human human) {
    var result = crowd.keys().ask(human.person(), crowd.keyOf(human));
    assertThat(result).isInstanceOf(Keys.Waits.class);
    return ((Keys.Waits) result).proposal();
  }

  private void assertRefused(Keys.Registration result, String why) {
    assertThat(result)
        .isInstanceOfSatisfying(Keys.Refused.class, r -> assertThat(r.why()).contains(why));
  }

  private Optional<PersonKey> stored(Human human) {
    return world.ledgers.personKeys().find(human.key().credentialId());
  }

  @Test
  void anAdministratorAnswersForAKeyOfTheMsp() {
    var fresh = Crowd.human(Crowd.msp("fresh", "seniors"));
    var proposal = asked(fresh);
    assertThat(stored(fresh)).isEmpty();
    assertThat(crowd.answer(crowd.ada, TenantId.OPERATOR, proposal, Verdict.GRANT))
        .isEqualTo(new Counted(Proposal.State.CONSUMED));
    assertThat(stored(fresh).orElseThrow().isLiveAt(world.clock.instant())).isTrue();
    assertThat(world.ledgers.entries(TenantId.OPERATOR))
        .anyMatch(e -> e.kind() == Kind.KEY_REGISTERED);
  }

  @Test
  void nobodyElseAnswersForAKeyOfTheMsp() {
    var proposal = asked(Crowd.human(Crowd.msp("fresh", "seniors")));
    for (var human : new Human[] {crowd.sam, crowd.olga}) {
      assertThat(crowd.answer(human, TenantId.OPERATOR, proposal, Verdict.GRANT))
          .isInstanceOf(NotCounted.class);
    }
    assertThat(crowd.answer(crowd.hanna, TenantId.OPERATOR, proposal, Verdict.GRANT))
        .isEqualTo(new NoSuchProposal());
  }

  @Test
  void anAdministratorDoesNotAnswerForTheirOwnSecondKey() {
    var second = new Human(crowd.ada.person(), new FakeAuthenticator("second-key-of-ada"));
    var proposal = asked(second);
    assertThat(crowd.answer(crowd.ada, TenantId.OPERATOR, proposal, Verdict.GRANT))
        .isInstanceOfSatisfying(
            NotCounted.class, n -> assertThat(n.why()).contains("you asked for this"));
    assertThat(stored(second)).isEmpty();
  }

  @Test
  void aRefusedKeyIsNone() {
    var fresh = Crowd.human(Crowd.msp("fresh", "seniors"));
    crowd.answer(crowd.ada, TenantId.OPERATOR, asked(fresh), Verdict.REFUSE);
    assertThat(stored(fresh)).isEmpty();
  }

  @Test
  void aClientsKeyCountsThreeDaysAfterAnApproverOfTheClientAnswered() {
    var heidi = Crowd.human(Crowd.client("heidi"));
    crowd.answer(crowd.hanna, HARBOR, asked(heidi), Verdict.GRANT);
    var key = stored(heidi).orElseThrow();
    assertThat(key.isLiveAt(world.clock.instant())).isFalse();
    world.pass(Duration.ofDays(3).minusSeconds(1));
    assertThat(key.isLiveAt(world.clock.instant())).isFalse();
    world.pass(Duration.ofSeconds(1));
    assertThat(key.isLiveAt(world.clock.instant())).isTrue();
  }

  @Test
  void hostileCase24NobodyOfTheMspAnswersForAClientsKey() {
    var heidi = Crowd.human(Crowd.client("heidi"));
    var proposal = asked(heidi);
    for (var human : new Human[] {crowd.ada, crowd.sam, crowd.olga}) {
      assertThat(crowd.answer(human, HARBOR, proposal, Verdict.GRANT))
          .isInstanceOf(NotCounted.class);
    }
    assertThat(stored(heidi)).isEmpty();
  }

  @Test
  void hostileCase24TheMspMakesNoFirstKeyForAClientThatHasOne() {
    var forged = Crowd.human(Crowd.client("mallory"));
    assertRefused(
        crowd.keys().first(forged.person(), crowd.keyOf(forged)), "of your organisation has a key");
    crowd.keys().remove(crowd.hanna.person(), crowd.hanna.key().credentialId());
    crowd.keys().remove(crowd.hugo.person(), crowd.hugo.key().credentialId());
    assertRefused(
        crowd.keys().first(forged.person(), crowd.keyOf(forged)), "of your organisation has a key");
  }

  @Test
  void hostileCase24NobodyRemovesAnothersKey() {
    for (var human : new Human[] {crowd.ada, crowd.sam, crowd.hugo}) {
      assertThat(crowd.keys().remove(human.person(), crowd.hanna.key().credentialId())).isFalse();
    }
    assertThat(stored(crowd.hanna).orElseThrow().isRemoved()).isFalse();
  }

  @Test
  void hostileCase24AKeyIsAskedForByItsOwnPersonOnly() {
    var hanna2 = new Human(crowd.hanna.person(), new FakeAuthenticator("planted"));
    assertRefused(
        crowd.keys().ask(crowd.ada.person(), crowd.keyOf(hanna2)), "the person it belongs to");
    assertRefused(
        crowd.keys().first(crowd.ada.person(), crowd.keyOf(hanna2)), "the person it belongs to");
  }

  @Test
  void hostileCase24AnIssuerOfTheMspRegistersNoClientsKey() {
    var liar =
        Crowd.human(
            Crowd.person("staff", "liar", new Organisation.Client(NORTHWIND), "it-approvers"));
    assertRefused(crowd.keys().ask(liar.person(), crowd.keyOf(liar)), "does not vouch");
    assertRefused(crowd.keys().first(liar.person(), crowd.keyOf(liar)), "does not vouch");
  }

  @Test
  void oneKeyIsOneHuman() {
    var twin = new Human(Crowd.msp("twin", "seniors"), crowd.sam.key());
    assertRefused(crowd.keys().ask(twin.person(), crowd.keyOf(twin)), "known already");
  }

  @Test
  void aKeyThatTwoAskedForIsOnlyTheFirstOnes() {
    var key = new FakeAuthenticator("shared");
    var one = new Human(Crowd.msp("one", "seniors"), key);
    var two = new Human(Crowd.msp("two", "seniors"), key);
    var first = asked(one);
    var second = asked(two);
    crowd.answer(crowd.ada, TenantId.OPERATOR, first, Verdict.GRANT);
    assertThat(crowd.answer(crowd.ada, TenantId.OPERATOR, second, Verdict.GRANT))
        .isEqualTo(new Counted(Proposal.State.STALE));
    assertThat(stored(one).orElseThrow().person()).isEqualTo(one.person().id());
  }

  @Test
  void theFirstKeyIsAnAdministratorsWhoApprovesNothing() {
    var fresh = new FlowWorld();
    var people = fresh.drivers().keys();
    var senior = Crowd.human(Crowd.msp("sam", "seniors"));
    var both = Crowd.human(Crowd.msp("bob", "admins", "seniors"));
    var nobody = Crowd.human(Crowd.msp("nobody"));
    for (var human : new Human[] {senior, both, nobody}) {
      assertThat(people.first(human.person(), crowd.keyOf(human))).isInstanceOf(Keys.Refused.class);
    }
    assertThat(fresh.ledgers.personKeys().isEmpty()).isTrue();
    var admin = Crowd.human(Crowd.msp("ada", "admins"));
    assertThat(people.first(admin.person(), crowd.keyOf(admin)))
        .isInstanceOf(Keys.Registered.class);
  }

  @Test
  void theFirstKeyIsOne() {
    var fresh = new FlowWorld();
    var results =
        Together.all(
            8,
            () -> {
              var admin =
                  Crowd.human(Crowd.msp("ada" + Thread.currentThread().threadId(), "admins"));
              return fresh.drivers().keys().first(admin.person(), crowd.keyOf(admin));
            });
    assertThat(results).filteredOn(Keys.Registered.class::isInstance).hasSize(1);
  }

  @Test
  void whoHasNoFunctionNeedsNoKey() {
    var nobody = Crowd.human(Crowd.msp("nobody", "everybody"));
    assertRefused(crowd.keys().ask(nobody.person(), crowd.keyOf(nobody)), "no function");
    var visitor =
        Crowd.human(Crowd.person("harbor", "v", new Organisation.Client(HARBOR), "visitors"));
    assertRefused(crowd.keys().ask(visitor.person(), crowd.keyOf(visitor)), "no function");
  }

  @Test
  void aKeyExchangedInTheDatabaseIsNotRegistered() {
    var fresh = Crowd.human(Crowd.msp("fresh", "seniors"));
    var planted = new FakeAuthenticator("planted");
    var proposal = asked(fresh);
    world.ledgers.forge(p -> p.id().equals(proposal) ? withKey(p, planted) : p, answers -> answers);
    crowd.answer(crowd.ada, TenantId.OPERATOR, proposal, Verdict.GRANT);
    assertThat(world.ledgers.personKeys().find("planted")).isEmpty();
    assertThat(stored(fresh)).isEmpty();
  }

  private static Proposal withKey(Proposal p, FakeAuthenticator planted) {
    var key = ((Subject.OfKey) p.subject()).key();
    return new Proposal(
        p.id(),
        p.tenant(),
        new Subject.OfKey(
            new PersonKey(
                planted.credentialId(),
                key.person(),
                key.organisation(),
                planted.credential(),
                0,
                key.registeredAt(),
                key.activeFrom(),
                false,
                key.label()),
            "fresh",
            Optional.empty()),
        p.digest(),
        p.rules(),
        p.parties(),
        p.facts(),
        p.askedAt(),
        p.answerBy(),
        p.useBy(),
        p.state());
  }

  @Test
  void aRemovedKeyStaysRemoved() {
    assertThat(crowd.keys().remove(crowd.sam.person(), crowd.sam.key().credentialId())).isTrue();
    assertThat(crowd.keys().remove(crowd.sam.person(), crowd.sam.key().credentialId())).isFalse();
    assertRefused(crowd.keys().ask(crowd.sam.person(), crowd.keyOf(crowd.sam)), "known already");
    assertThat(crowd.keys().of(crowd.sam.person()))
        .singleElement()
        .satisfies(key -> assertThat(key.isRemoved()).isTrue());
  }
}
