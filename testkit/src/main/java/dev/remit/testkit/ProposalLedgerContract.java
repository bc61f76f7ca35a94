package dev.remit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.ProposalLedger.Caps;
import dev.remit.core.evidence.ProposalLedger.Place;
import dev.remit.core.task.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The contract of proposals: how they are asked, found again, listed and ended. */
public abstract class ProposalLedgerContract extends ApprovalLedgerContract {
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
  void aStepOfAPlanIsThereWhileItsPlanIsGranted() {
    var plan = ask(plan("t1", "p1"));
    assertThat(stores.proposals().find(HARBOR, plan.id())).contains(plan);
    assertThat(stores.proposals().openStep(plan, 1, NOW)).as("open").isFalse();
    grant(plan);
    assertThat(stores.proposals().openStep(plan, 1, NOW)).isTrue();
    assertThat(stores.proposals().openStep(plan, 1, NOW)).as("again").isTrue();
    assertThat(stores.proposals().openStep(plan, 2, NOW.plusSeconds(60))).as("late").isFalse();
    assertThat(stores.proposals().openStep(ofNorth(plan), 2, NOW)).as("another's").isFalse();
    assertThat(stores.proposals().find(HARBOR, plan.id().ofStep(1))).isEmpty();
    assertThat(stores.proposals().list(HARBOR, 10)).hasSize(1);
    assertThat(stores.proposals().liveOf(HARBOR, new TaskId("t1"))).hasSize(1);
    assertThat(stores.proposals().overdue(NOW.plus(ANSWER_WITHIN))).hasSize(1);
    endAs(plan, Proposal.State.WITHDRAWN);
    assertThat(stores.proposals().openStep(plan, 2, NOW)).as("withdrawn").isFalse();
    var call = ask(call("t1", "d1"));
    grant(call);
    assertThat(stores.proposals().openStep(call, 1, NOW)).as("a call has no steps").isFalse();
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
}
