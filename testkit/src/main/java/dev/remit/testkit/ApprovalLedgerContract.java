package dev.remit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.approval.Answer;
import dev.remit.core.approval.PersonKey;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.approval.Verdict;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.ProposalLedger.Caps;
import dev.remit.core.evidence.ProposalLedger.Given;
import dev.remit.core.evidence.ProposalLedger.Place;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.PersonId;
import dev.remit.core.kill.KillScope;
import dev.remit.core.kill.Kills;
import dev.remit.core.task.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of the stores behind people's answers, run in memory and in PostgreSQL. */
public abstract class ApprovalLedgerContract extends ApprovalSamples {

  /** Fresh stores, empty but for the policy version. */
  protected abstract Stores newStores();

  @BeforeEach
  final void begin() {
    stores = newStores();
  }

  @AfterEach
  final void end() {
    stores.close();
  }

  @Test
  void aProposalIsFoundAsItWasAsked() {
    var call = ask(call("t1", "d1"));
    var key = ask(keyProposal("fresh"));
    var lift = ask(lift("tenant:" + HARBOR));
    assertThat(stores.proposals().find(HARBOR, call.id())).contains(call);
    assertThat(stores.proposals().find(HARBOR, key.id())).contains(key);
    assertThat(stores.proposals().find(HARBOR, lift.id())).contains(lift);
    assertThat(stores.proposals().find(NORTH, call.id())).isEmpty();
    assertThat(stores.proposals().list(HARBOR, 10)).hasSize(3).contains(call, key, lift);
    assertThat(told(HARBOR, Entry.Kind.PROPOSED)).isEqualTo(3);
    assertThat(told(HARBOR, Entry.Kind.DECISION)).isEqualTo(3);
  }

  @Test
  void equalOpenProposalsOfATaskCollapse() {
    var first = ask(call("t1", "d1"));
    assertThat(ask(call("t1", "d1"))).isEqualTo(first);
    assertThat(ask(call("t2", "d1")).id()).isNotEqualTo(first.id());
    assertThat(ask(call("t1", "d2")).id()).isNotEqualTo(first.id());
    assertThat(told(HARBOR, Entry.Kind.PROPOSED)).isEqualTo(3);
  }

  @Test
  void aProposalWhoseTimeIsOverIsNotFoundAgain() {
    var first = ask(call("t1", "d1"));
    var later = at(call("t1", "d1"), ANSWER_WITHIN);
    assertThat(ask(later).id()).isEqualTo(later.id()).isNotEqualTo(first.id());
  }

  @Test
  void aTaskAsksForNoMoreThanItsCap() {
    for (int i = 0; i < 3; i++) {
      ask(call("t1", "d" + i));
    }
    assertThat(propose(call("t1", "d9"), new Caps(3, 100))).isEmpty();
    assertThat(propose(call("t2", "d9"), new Caps(3, 100))).isPresent();
    assertThat(told(HARBOR, Entry.Kind.PROPOSED)).isEqualTo(4);
  }

  @Test
  void aGroupIsAskedForNoMoreThanItsCapAtATenant() {
    for (int i = 0; i < 3; i++) {
      ask(call("t" + i, "d"));
    }
    assertThat(propose(call("t9", "d"), new Caps(100, 3))).isEmpty();
    assertThat(propose(keyProposal("fresh"), new Caps(100, 3)))
        .as("it waits for another group")
        .isPresent();
  }

  @Test
  void capsHoldForThoseWhoAskAtOnce() throws Exception {
    var results = together(16, n -> propose(call("t1", "d" + n), new Caps(4, 100)));
    assertThat(results).filteredOn(Optional::isPresent).hasSize(4);
  }

  @Test
  void equalOnesAtOnceCollapse() throws Exception {
    var results = together(16, n -> propose(call("t1", "d"), new Caps(4, 100)));
    assertThat(results).filteredOn(Optional::isPresent).hasSize(16);
    assertThat(results.stream().map(r -> r.orElseThrow().id()).distinct()).hasSize(1);
    assertThat(told(HARBOR, Entry.Kind.PROPOSED)).isEqualTo(1);
  }

  @Test
  void theLatestIsTheYoungestHoweverItEnded() {
    var first = ask(call("t1", "d1"));
    endAs(first, Proposal.State.STALE);
    var second = ask(call("t1", "d1"));
    assertThat(latest("d1")).contains(second);
    endAs(second, Proposal.State.REFUSED);
    assertThat(latest("d1").orElseThrow().state()).isEqualTo(Proposal.State.REFUSED);
    assertThat(latest("d2")).isEmpty();
  }

  private Optional<Proposal> latest(String digest) {
    return stores.proposals().latest(HARBOR, new TaskId("t1"), digest);
  }

  @Test
  void aProposalEndsOnce() {
    var proposal = ask(call("t1", "d1"));
    assertThat(endAs(proposal, Proposal.State.WITHDRAWN)).isTrue();
    assertThat(endAs(proposal, Proposal.State.REFUSED)).isFalse();
    assertThat(grant(proposal)).isFalse();
    assertThat(told(HARBOR, Entry.Kind.PROPOSAL_ENDED)).isEqualTo(1);
    assertThatThrownBy(() -> endAs(proposal, Proposal.State.GRANTED))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aProposalIsGrantedOnceAndInTime() {
    var proposal = ask(call("t1", "d1"));
    assertThat(
            stores
                .proposals()
                .grant(proposal, NOW.plus(ANSWER_WITHIN), NOW, entry(Entry.Kind.ANSWERED)))
        .isFalse();
    assertThat(grant(proposal)).isTrue();
    assertThat(grant(proposal)).isFalse();
    var granted = stores.proposals().find(HARBOR, proposal.id()).orElseThrow();
    assertThat(granted.state()).isEqualTo(Proposal.State.GRANTED);
    assertThat(granted.useBy()).contains(NOW.plusSeconds(60));
    assertThat(told(HARBOR, Entry.Kind.PROPOSAL_GRANTED)).isEqualTo(1);
    assertThat(endAs(proposal, Proposal.State.STALE)).isTrue();
  }

  @Test
  void aGrantAndAnEndAtOnceAreOneAfterTheOther() throws Exception {
    var proposal = ask(call("t1", "d1"));
    var results =
        together(8, n -> n % 2 == 0 ? grant(proposal) : endAs(proposal, Proposal.State.REFUSED));
    assertThat(stores.proposals().find(HARBOR, proposal.id()).orElseThrow().state())
        .isEqualTo(Proposal.State.REFUSED);
    assertThat(results.stream().filter(done -> done).count()).isBetween(1L, 2L);
  }

  @Test
  void whatIsOverdueIsOpenOrGranted() {
    var open = ask(call("t1", "d1"));
    var granted = ask(call("t1", "d2"));
    grant(granted);
    endAs(ask(call("t1", "d3")), Proposal.State.REFUSED);
    assertThat(stores.proposals().overdue(NOW.plusSeconds(59))).isEmpty();
    assertThat(stores.proposals().overdue(NOW.plusSeconds(60)))
        .extracting(Proposal::id)
        .containsExactly(granted.id());
    assertThat(stores.proposals().overdue(NOW.plus(ANSWER_WITHIN)))
        .extracting(Proposal::id)
        .containsExactlyInAnyOrder(open.id(), granted.id());
  }

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
  void theInboxIsOfNamedTenantsTheMostUrgentFirstAndPaged() {
    var expected = new ArrayList<ProposalId>();
    for (int i = 0; i < 7; i++) {
      expected.addFirst(ask(at(call("t" + i, "d"), Duration.ofMinutes(-i))).id());
    }
    ask(ofNorth(call("t", "d")));
    assertThat(pages(Set.of(HARBOR), 3)).isEqualTo(expected);
    assertThat(pages(Set.of(HARBOR, NORTH), 3)).hasSize(8).containsAll(expected);
    assertThat(pages(Set.of(), 3)).isEmpty();
  }

  @Test
  void theInboxOfEqualTimesLosesNothingBetweenPages() {
    for (int i = 0; i < 9; i++) {
      ask(i % 2 == 0 ? call("t" + i, "d") : ofNorth(call("t" + i, "d")));
    }
    assertThat(pages(Set.of(HARBOR, NORTH), 2)).doesNotHaveDuplicates().hasSize(9);
    assertThat(pages(Set.of(HARBOR), 2)).doesNotHaveDuplicates().hasSize(5);
  }

  @Test
  void theInboxHoldsWhatIsOpenAndInTime() {
    grant(ask(call("t1", "d1")));
    endAs(ask(call("t1", "d2")), Proposal.State.REFUSED);
    var open = ask(call("t1", "d3"));
    assertThat(pages(Set.of(HARBOR), 9)).containsExactly(open.id());
    assertThat(
            stores.proposals().inbox(Set.of(HARBOR), NOW.plus(ANSWER_WITHIN), Optional.empty(), 9))
        .isEmpty();
  }

  private List<ProposalId> pages(Set<dev.remit.core.tenant.TenantId> tenants, int size) {
    var all = new ArrayList<ProposalId>();
    Optional<Place> place = Optional.empty();
    List<Proposal> page;
    do {
      page = stores.proposals().inbox(tenants, NOW, place, size);
      page.forEach(p -> all.add(p.id()));
      place =
          page.isEmpty()
              ? place
              : Optional.of(
                  new Place(
                      page.getLast().answerBy(), page.getLast().tenant(), page.getLast().id()));
    } while (page.size() == size);
    return all;
  }

  @Test
  void refusalsAreCountedByTaskAndAct() {
    var refused = ask(call("t1", "d1"));
    endAs(refused, Proposal.State.REFUSED);
    endAs(ask(call("t1", "d2")), Proposal.State.EXPIRED);
    endAs(ask(call("t2", "d1")), Proposal.State.REFUSED);
    assertThat(stores.proposals().refusalsOf(HARBOR, new TaskId("t1"), refused.act())).isEqualTo(1);
    assertThat(stores.proposals().refusalsOf(HARBOR, new TaskId("t1"), "other")).isZero();
  }

  @Test
  void openAndGrantedOnesOfATaskAreLive() {
    var open = ask(call("t1", "d1"));
    var granted = ask(call("t1", "d2"));
    grant(granted);
    endAs(ask(call("t1", "d3")), Proposal.State.STALE);
    ask(call("t2", "d1"));
    assertThat(stores.proposals().liveOf(HARBOR, new TaskId("t1")))
        .extracting(Proposal::id)
        .containsExactly(open.id(), granted.id());
  }

  @Test
  void whatPeopleAnsweredIsListedFromAMomentOn() {
    enrol(SAM);
    var proposal = ask(call("t1", "d1"));
    give(answer(proposal, SAM), 1);
    assertThat(stores.proposals().answeredSince(HARBOR, NOW))
        .singleElement()
        .satisfies(a -> {
          assertThat(a.person()).isEqualTo("staff/sam");
          assertThat(a.act()).isEqualTo(proposal.act());
        });
    assertThat(stores.proposals().answeredSince(HARBOR, NOW.plusSeconds(1))).isEmpty();
    assertThat(stores.proposals().answeredSince(NORTH, NOW)).isEmpty();
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
            entry(Entry.Kind.KILL_LIFTED));
  }

  private interface Numbered<T> {
    T call(int number);
  }

  private static <T> List<T> together(int threads, Numbered<T> work) throws Exception {
    var begin = new CountDownLatch(1);
    var tasks = new ArrayList<FutureTask<T>>();
    for (int i = 0; i < threads; i++) {
      int number = i;
      Callable<T> one =
          () -> {
            begin.await();
            return work.call(number);
          };
      var task = new FutureTask<>(one);
      Thread.startVirtualThread(task);
      tasks.add(task);
    }
    begin.countDown();
    var results = new ArrayList<T>();
    for (var task : tasks) {
      try {
        results.add(task.get());
      } catch (ExecutionException e) {
        throw new AssertionError("it failed", e);
      }
    }
    return results;
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
}
