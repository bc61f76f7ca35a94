package dev.remit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Answer;
import dev.remit.core.approval.PersonKey;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.Subject;
import dev.remit.core.approval.Verdict;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.ProposalLedger.Given;
import dev.remit.core.evidence.ProposalLedger.Load;
import dev.remit.core.evidence.ProposalLedger.OpenOf;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.PersonId;
import dev.remit.core.kill.KillScope;
import dev.remit.core.kill.Kills;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The contract of people's answers, their keys, and what these release. */
public abstract class AnswerLedgerContract extends ApprovalLedgerContract {
  @Test
  void anAnswerIsFoundAsItWasGiven() {
    enrol(SAM);
    var proposal = ask(call("t1", "d1"));
    var answer = answer(proposal, SAM);
    assertThat(give(answer, 1)).isEqualTo(Given.COUNTED);
    assertThat(stores.proposals().answers(HARBOR, proposal.id())).containsExactly(answer);
    assertThat(stores.proposals().answers(NORTH, proposal.id())).isEmpty();
    assertThat(stores.proposals().answers(List.of(proposal)))
        .containsEntry(proposal.id(), List.of(answer));
    assertThat(told(HARBOR, Entry.Kind.ANSWERED)).isEqualTo(1);
  }

  @Test
  void aPersonAndAKeyAnswerOnce() {
    enrol(SAM);
    enrol(SUE);
    var proposal = ask(call("t1", "d1"));
    give(answer(proposal, SAM), 1);
    assertThat(give(answer(proposal, SAM), 2)).isEqualTo(Given.ALREADY);
    var borrowed = with(answer(proposal, SUE), credentialOf(SAM));
    assertThat(give(borrowed, 3)).isEqualTo(Given.ALREADY);
    assertThat(told(HARBOR, Entry.Kind.ANSWERED)).isEqualTo(1);
  }

  @Test
  void anAnswerTooLateIsNone() {
    enrol(SAM);
    var ended = ask(call("t1", "d1"));
    endAs(ended, Proposal.State.WITHDRAWN);
    assertThat(give(answer(ended, SAM), 1)).isEqualTo(Given.CLOSED);
    var open = ask(call("t1", "d2"));
    assertThat(give(at(answer(open, SAM), NOW.plus(ANSWER_WITHIN)), 1)).isEqualTo(Given.CLOSED);
    assertThat(stores.proposals().answer(NORTH, answer(open, SAM), 1, entry(NORTH)))
        .isEqualTo(Given.CLOSED);
    assertThat(told(HARBOR, Entry.Kind.ANSWERED)).isZero();
  }

  private static Answer at(Answer a, java.time.Instant at) {
    return new Answer(
        a.proposal(),
        a.person(),
        a.name(),
        a.organisation(),
        a.groups(),
        a.emailDigest(),
        Verdict.GRANT,
        a.reason(),
        at,
        a.assertion());
  }

  @Test
  void aKeyThatIsNotLiveAnswersNothing() {
    var proposal = ask(call("t1", "d1"));
    assertThat(give(answer(proposal, SAM), 1)).as("unknown").isEqualTo(Given.KEY_REFUSED);
    enrol(SAM);
    enrol(SUE);
    var stolen = with(answer(proposal, SUE), credentialOf(SAM));
    assertThat(give(stolen, 1)).as("another's").isEqualTo(Given.KEY_REFUSED);
    assertThat(give(at(answer(proposal, SAM), NOW.minusSeconds(1)), 1))
        .as("not yet active")
        .isEqualTo(Given.KEY_REFUSED);
    stores.keys().remove(credentialOf(SAM), NOW, entry(Entry.Kind.KEY_REMOVED));
    assertThat(give(answer(proposal, SAM), 1)).as("removed").isEqualTo(Given.KEY_REFUSED);
  }

  @Test
  void aCounterOnlyRises() {
    enrol(SAM);
    assertThat(give(answer(ask(call("t1", "d1")), SAM), 7)).isEqualTo(Given.COUNTED);
    assertThat(stores.keys().find(credentialOf(SAM)).orElseThrow().counter()).isEqualTo(7);
    var next = answer(ask(call("t1", "d2")), SAM);
    for (long counter : new long[] {0, 6, 7}) {
      assertThat(give(next, counter)).isEqualTo(Given.KEY_REFUSED);
    }
    assertThat(give(next, 8)).isEqualTo(Given.COUNTED);
  }

  @Test
  void aKeyThatDoesNotCountStaysAtZero() {
    enrol(SAM);
    assertThat(give(answer(ask(call("t1", "d1")), SAM), 0)).isEqualTo(Given.COUNTED);
    assertThat(give(answer(ask(call("t1", "d2")), SAM), 0)).isEqualTo(Given.COUNTED);
  }

  @Test
  void onePersonAtOnceAnswersOnce() throws Exception {
    enrol(SAM);
    var proposal = ask(call("t1", "d1"));
    var results = together(8, n -> give(answer(proposal, SAM), n + 1));
    assertThat(results).filteredOn(Given.COUNTED::equals).hasSize(1);
    assertThat(stores.proposals().answers(HARBOR, proposal.id())).hasSize(1);
  }

  @Test
  void whatPeopleAnsweredIsListedFromAMomentOn() {
    enrol(SAM);
    var proposal = ask(call("t1", "d1"));
    give(answer(proposal, SAM), 1);
    assertThat(stores.proposals().answeredSince(Set.of(HARBOR, NORTH), NOW))
        .singleElement()
        .satisfies(a -> {
          assertThat(a.person()).isEqualTo("staff/sam");
          assertThat(a.act()).isEqualTo(proposal.act());
          assertThat(a.isGrant()).isTrue();
          assertThat(a.readAt()).isEmpty();
        });
    assertThat(stores.proposals().answeredSince(Set.of(HARBOR), NOW.plusSeconds(1))).isEmpty();
    assertThat(stores.proposals().answeredSince(Set.of(NORTH), NOW)).isEmpty();
    assertThat(stores.proposals().answeredSince(Set.of(), NOW)).isEmpty();
  }

  @Test
  void whenSomebodyFirstOpenedTheCardIsKnownFromTheEvidence() {
    enrol(SAM);
    var proposal = ask(call("t1", "d1"));
    var other = ask(call("t1", "d2"));
    read(other, SAM, NOW.minusSeconds(90));
    read(proposal, SUE, NOW.minusSeconds(60));
    read(proposal, SAM, NOW.minusSeconds(30));
    read(proposal, SAM, NOW.minusSeconds(3));
    give(answer(proposal, SAM), 1);
    assertThat(stores.proposals().answeredSince(Set.of(HARBOR), NOW))
        .singleElement()
        .satisfies(a -> assertThat(a.readAt()).contains(NOW.minusSeconds(30)));
  }

  private void read(Proposal proposal, PersonId person, Instant at) {
    var fields = Value.object("handle", proposal.id().value(), "person", person.text());
    stores.journal().append(read(HARBOR, at, fields));
  }

  private static final Instant LATE = NOW.plus(ANSWER_WITHIN);

  @Test
  void howMuchWaitsAndWasAskedAgainIsCounted() {
    var open = ask(call("t1", "d1"));
    ask(call("t2", "d2"));
    var refused = List.of(ask(call("t3", "d3")), ask(call("t3", "d4")), ask(call("t4", "d5")));
    refused.forEach(proposal -> endAs(proposal, Proposal.State.REFUSED));
    stores.proposals().askedAgain(open);
    stores.proposals().askedAgain(open);
    stores.proposals().askedAgain(refused.getFirst());
    assertThat(stores.proposals().load(Set.of(HARBOR, NORTH), NOW, NOW, 2))
        .isEqualTo(new Load(5, 2, 1, List.of(new OpenOf(HARBOR, "tenant.approvers", 2))));
    assertThat(stores.proposals().load(Set.of(NORTH), NOW, NOW, 2))
        .isEqualTo(new Load(0, 0, 0, List.of()));
    assertThat(stores.proposals().load(Set.of(HARBOR), NOW.plusSeconds(1), LATE, 2))
        .isEqualTo(new Load(0, 0, 0, List.of()));
  }

  @Test
  void theFirstKeyOfAnOrganisationIsOneForEver() {
    assertThat(stores.keys().isEmpty()).isTrue();
    assertThat(first(SAM, new Organisation.Msp())).isTrue();
    assertThat(stores.keys().isEmpty()).isFalse();
    assertThat(first(SUE, new Organisation.Msp())).isFalse();
    stores.keys().remove(credentialOf(SAM), NOW, entry(Entry.Kind.KEY_REMOVED));
    assertThat(first(SUE, new Organisation.Msp())).isFalse();
    var hanna = new PersonId("harbor", "hanna");
    assertThat(first(hanna, new Organisation.Client(HARBOR))).isTrue();
  }

  @Test
  void firstKeysAtOnceAreOne() throws Exception {
    var results = together(8, n -> first(new PersonId("staff", "p" + n), new Organisation.Msp()));
    assertThat(results).filteredOn(done -> done).hasSize(1);
  }

  @Test
  void aKeyIsFoundAsItWasRegisteredAndUsesItsProposalUp() {
    var key = key(SAM, new Organisation.Msp());
    var proposal = enrol(SAM);
    assertThat(stores.keys().find(key.credentialId())).contains(key);
    assertThat(stores.keys().of(SAM)).containsExactly(key);
    assertThat(stores.keys().of(SUE)).isEmpty();
    assertThat(stores.proposals().find(proposal.tenant(), proposal.id()).orElseThrow().state())
        .isEqualTo(Proposal.State.CONSUMED);
    assertThat(register(key(SUE, new Organisation.Msp()), proposal)).isFalse();
  }

  @Test
  void aCredentialIsOneHumansWhoeverAsks() {
    enrol(SAM);
    var stolen =
        new PersonKey(
            credentialOf(SAM), SUE, new Organisation.Msp(), "other", 0, NOW, NOW, false, "label");
    var proposal = ask(keyProposal("sue"));
    assertThat(register(stolen, proposal)).isFalse();
    assertThat(stores.proposals().find(HARBOR, proposal.id()).orElseThrow().state())
        .isEqualTo(Proposal.State.OPEN);
  }

  @Test
  void aRemovedKeyIsRemovedOnceAndStillKnown() {
    enrol(SAM);
    assertThat(remove()).isTrue();
    assertThat(remove()).isFalse();
    assertThat(stores.keys().find(credentialOf(SAM)).orElseThrow().isRemoved()).isTrue();
  }

  private boolean remove() {
    return stores.keys().remove(credentialOf(SAM), NOW, operator(Entry.Kind.KEY_REMOVED));
  }

  @Test
  void aLiftEndsTheKillsThatPeopleWereAskedAbout() {
    var scope = KillScope.tenant(HARBOR);
    stores.kills().order(scope, "one", "x", NOW.minusSeconds(1), operator(Entry.Kind.KILL));
    stores.kills().order(scope, "later", "x", NOW.plusSeconds(1), operator(Entry.Kind.KILL));
    stores.kills().order(KillScope.tenant(NORTH), "other", "x", NOW, operator(Entry.Kind.KILL));
    var proposal = ask(lift(scope.text()));
    assertThat(lifted(scope, proposal)).isTrue();
    assertThat(lifted(scope, proposal)).isFalse();
    assertThat(stores.kills().active())
        .extracting(Kills.Active::by)
        .containsExactlyInAnyOrder("later", "other");
    assertThat(told(HARBOR, Entry.Kind.KILL_LIFTED)).isEqualTo(1);
    assertThat(stores.proposals().find(HARBOR, proposal.id()).orElseThrow().subject())
        .isInstanceOf(Subject.OfLift.class);
  }

  private boolean lifted(KillScope scope, Proposal proposal) {
    return stores
        .kills()
        .lift(
            scope,
            proposal,
            NOW.plusSeconds(5),
            entry(Entry.Kind.PROPOSAL_GRANTED),
            entry(Entry.Kind.KILL_LIFTED),
            List.of());
  }
}
