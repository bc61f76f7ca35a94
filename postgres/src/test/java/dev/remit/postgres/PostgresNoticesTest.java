package dev.remit.postgres;

import static dev.remit.postgres.World.HARBOR;
import static dev.remit.postgres.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.evidence.Entry;
import dev.remit.core.notice.NoticeKind;
import dev.remit.core.notice.NoticeLedger.Delivery;
import dev.remit.core.notice.NoticeLedger.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered of notices, by the database alone. */
class PostgresNoticesTest {

  private static final Instant LATER = NOW.plus(Duration.ofHours(1));
  private static final Instant CLAIM = NOW.plusSeconds(25);

  private final World world = new World();
  private final PostgresNotices notices = new PostgresNotices(world.database);

  @AfterEach
  void close() {
    world.close();
  }

  private Proposal ask() {
    return world.propose(world.proposal(world.openTask(3))).orElseThrow();
  }

  private void end(Proposal proposal, Proposal.State state) {
    assertThat(world.proposals.end(proposal, state, world.entry(HARBOR, Entry.Kind.PROPOSAL_ENDED)))
        .isTrue();
  }

  private void plan(Proposal proposal, NoticeKind kind, String... channels) {
    var event =
        notices.due(LATER, 100).stream()
            .filter(due -> due.proposal().equals(proposal.id()) && due.kind() == kind)
            .findFirst()
            .orElseThrow();
    notices.plan(event, Set.of(channels), NOW, NOW.plus(Duration.ofMinutes(30)), List.of());
  }

  private List<NoticeKind> due(Instant at) {
    return notices.due(at, 100).stream().map(Event::kind).toList();
  }

  @Test
  void whatIsAskedIsNotedWithTheRequestAndItsReminderAtHalfTheTime() {
    ask();
    assertThat(due(NOW)).containsExactly(NoticeKind.ASKED);
    assertThat(due(NOW.plus(Duration.ofMinutes(15)).minusMillis(1)))
        .containsExactly(NoticeKind.ASKED);
    assertThat(due(NOW.plus(Duration.ofMinutes(15))))
        .containsExactly(NoticeKind.ASKED, NoticeKind.REMINDER);
  }

  @Test
  void anEndIsNotedAndTheReminderIsGone() {
    var granted = ask();
    var expired = ask();
    assertThat(
            world.proposals.grant(
                granted, NOW, LATER, world.entry(HARBOR, Entry.Kind.PROPOSAL_GRANTED)))
        .isTrue();
    end(expired, Proposal.State.EXPIRED);
    assertThat(due(LATER))
        .containsExactlyInAnyOrder(
            NoticeKind.ASKED, NoticeKind.ASKED, NoticeKind.RESOLVED, NoticeKind.EXPIRED);
    plan(granted, NoticeKind.RESOLVED, "msp");
    end(granted, Proposal.State.WITHDRAWN);
    assertThat(due(LATER)).doesNotContain(NoticeKind.RESOLVED);
  }

  @Test
  void whatWasToldIsNeverTakenAgainHoweverOftenItIsPlanned() {
    var proposal = ask();
    var event = notices.due(NOW, 1).getFirst();
    for (int i = 0; i < 2; i++) {
      notices.plan(event, Set.of("msp", "harbor"), NOW, LATER, List.of());
    }
    assertThat(notices.asked(HARBOR, proposal.id())).containsExactlyInAnyOrder("msp", "harbor");
    var taken = notices.claim("msp", NOW, CLAIM).orElseThrow();
    assertThat(taken)
        .isEqualTo(new Delivery(HARBOR, proposal.id(), NoticeKind.ASKED, "msp", 0, LATER));
    notices.told(taken, NOW);
    TestDatabase.run(
        world.at.admin(),
        "insert into remit.notice_event values ('harbor-dental', '"
            + proposal.id()
            + "', 'asked', '"
            + NOW
            + "')");
    notices.plan(event, Set.of("msp", "harbor"), NOW, LATER, List.of());
    assertThat(notices.claim("msp", LATER.minusSeconds(1), LATER)).isEmpty();
    assertThat(notices.claim("harbor", NOW, CLAIM)).isPresent();
    assertThat(notices.claim("unknown", NOW, CLAIM)).isEmpty();
  }

  @Test
  void aClaimIsOfOneSenderAndEndsWithItsTime() {
    plan(ask(), NoticeKind.ASKED, "msp");
    assertThat(notices.claim("msp", NOW, CLAIM)).isPresent();
    assertThat(notices.claim("msp", CLAIM.minusMillis(1), LATER)).isEmpty();
    assertThat(notices.claim("msp", CLAIM, LATER)).isPresent();
  }

  @Test
  void twoSendersAtOnceTakeEachOnce() throws Exception {
    for (int i = 0; i < 20; i++) {
      plan(ask(), NoticeKind.ASKED, "msp");
    }
    Callable<List<ProposalId>> sender =
        () -> {
          var taken = new ArrayList<ProposalId>();
          var next = notices.claim("msp", NOW, CLAIM);
          while (next.isPresent()) {
            taken.add(next.get().proposal());
            next = notices.claim("msp", NOW, CLAIM);
          }
          return taken;
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<ProposalId>();
      for (var done : threads.invokeAll(List.of(sender, sender, sender, sender))) {
        all.addAll(done.get());
      }
      assertThat(all).hasSize(20).doesNotHaveDuplicates();
    }
  }

  @Test
  void whatFailedComesAgainAtItsTimeAndCountsItsTries() {
    plan(ask(), NoticeKind.ASKED, "msp");
    notices.postpone(notices.claim("msp", NOW, CLAIM).orElseThrow(), NOW.plusSeconds(2));
    assertThat(notices.claim("msp", NOW.plusSeconds(1), CLAIM)).isEmpty();
    assertThat(notices.claim("msp", NOW.plusSeconds(2), CLAIM).orElseThrow().tries()).isEqualTo(1);
  }

  @Test
  void nobodyIsAskedForWhatWasAnsweredOrIsTooLate() {
    var answered = ask();
    plan(answered, NoticeKind.ASKED, "msp");
    plan(answered, NoticeKind.REMINDER, "msp");
    plan(ask(), NoticeKind.ASKED, "late");
    end(answered, Proposal.State.WITHDRAWN);
    assertThat(notices.claim("msp", NOW, CLAIM)).isEmpty();
    assertThat(notices.claim("late", NOW.plus(Duration.ofMinutes(30)), LATER)).isEmpty();
    plan(answered, NoticeKind.RESOLVED, "msp");
    assertThat(notices.claim("msp", NOW, CLAIM).orElseThrow().kind())
        .isEqualTo(NoticeKind.RESOLVED);
  }

  @Test
  void eventsThatFollowAreNotedOnce() {
    var proposal = ask();
    var event = notices.due(NOW, 1).getFirst();
    var next = new Event(HARBOR, proposal.id(), NoticeKind.ESCALATED, NOW.plusSeconds(60));
    notices.plan(event, Set.of(), NOW, LATER, List.of(next));
    notices.plan(event, Set.of(), NOW, LATER, List.of(next));
    assertThat(notices.due(NOW.plusSeconds(60), 10)).containsExactly(next);
  }

  @Test
  void aChangeIsHeardAtOnce() throws Exception {
    var heard = new LinkedBlockingQueue<ProposalId>();
    var listener =
        Thread.ofVirtual()
            .start(() -> new ProposalSignals(world.database, heard::add, () -> {}).listen());
    try {
      ProposalId seen = null;
      Proposal proposal = ask();
      for (int i = 0; i < 50 && seen == null; i++) {
        seen = heard.poll(100, TimeUnit.MILLISECONDS);
        if (seen == null) {
          proposal = ask(); // it was not listening yet
        }
      }
      assertThat(seen).isNotNull();
      heard.clear();
      end(proposal, Proposal.State.EXPIRED);
      assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo(proposal.id());
    } finally {
      listener.interrupt();
      listener.join(Duration.ofSeconds(10));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update remit.notice set is_told = true",
        "delete from remit.notice",
        "insert into remit.notice_event values ('harbor-dental', 'p', 'asked', '2026-01-01Z')",
        "delete from remit.notice_event"
      })
  void theServingRoleWritesTheMemoryInNoOtherWay(String sql) {
    assertThatThrownBy(() ->
            TestDatabase.run(world.at.serving(), "set remit.tenant = 'harbor-dental'; " + sql))
        .rootCause()
        .satisfies(
            cause -> assertThat(((java.sql.SQLException) cause).getSQLState()).isEqualTo("42501"));
  }
}
