package dev.remit.server.notice;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.notice.NoticeKind;
import dev.remit.core.notice.NoticeLedger;
import dev.remit.core.notice.NoticeLedger.Event;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Turns what happened to proposals into deliveries. Planning twice changes nothing, so replicas may
 * both do it.
 */
final class Planner {

  /** How long an end is worth telling. */
  private static final Duration NEWS = Duration.ofDays(1);

  private static final int BATCH = 200;

  private final NoticeLedger ledger;
  private final Proposals proposals;
  private final Hearing hearing;
  private final StandIns standIns;
  private final InstantSource clock;

  /** How a proposal is found. */
  @FunctionalInterface
  interface Proposals {
    /** The proposal of this tenant with this handle. */
    Optional<Proposal> find(TenantId tenant, ProposalId id);
  }

  Planner(
      NoticeLedger ledger,
      Proposals proposals,
      Hearing hearing,
      StandIns standIns,
      InstantSource clock) {
    this.ledger = ledger;
    this.proposals = proposals;
    this.hearing = hearing;
    this.standIns = standIns;
    this.clock = clock;
  }

  /** Plans all that is due. */
  void round() {
    List<Event> due;
    do {
      var now = clock.instant();
      due = ledger.due(now, BATCH);
      due.forEach(event -> plan(event, now));
    } while (due.size() == BATCH);
  }

  private void plan(Event event, Instant now) {
    var found = proposals.find(event.tenant(), event.proposal());
    if (found.isEmpty() || isInVain(event.kind(), found.get(), now)) {
      ledger.plan(event, Set.of(), now, now, List.of());
      return;
    }
    var proposal = found.get();
    var asked =
        event.kind().isAsking() ? Set.<String>of() : ledger.asked(event.tenant(), event.proposal());
    ledger.plan(
        event,
        hearing.of(event.kind(), proposal, now, asked),
        now,
        event.kind().isAsking() ? proposal.answerBy() : now.plus(NEWS),
        following(event, proposal, now));
  }

  /** A client hears of its own new key even if it was answered for at once. */
  private static boolean isInVain(NoticeKind kind, Proposal proposal, Instant now) {
    boolean isNewKey = kind == NoticeKind.ASKED && proposal.subject() instanceof Subject.OfKey;
    return kind.isAsking() && !isNewKey && proposal.stateAt(now) != Proposal.State.OPEN;
  }

  /** The next moment at which somebody else may answer; each is an event of its own. */
  private List<Event> following(Event event, Proposal proposal, Instant now) {
    boolean isFirst = event.kind() == NoticeKind.ASKED;
    if (!isFirst && event.kind() != NoticeKind.ESCALATED) {
      return List.of();
    }
    return standIns.of(proposal).stream()
        .map(StandIns.StandIn::from)
        .filter(from -> isFirst || from.isAfter(now))
        .min(Instant::compareTo)
        .map(from -> new Event(event.tenant(), event.proposal(), NoticeKind.ESCALATED, from))
        .stream()
        .toList();
  }
}
