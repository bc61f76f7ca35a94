package dev.remit.server.notice;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.notice.NoticeKind;
import dev.remit.core.notice.NoticeLedger;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@link NoticeLedger} and its proposals in memory, with the events that the store would note. */
final class MemoryNotices implements NoticeLedger {

  private record Key(ProposalId proposal, NoticeKind kind, String channel) {}

  private record State(Delivery delivery, Instant next, Instant claimedUntil, boolean isEnded) {}

  private final Map<ProposalId, Proposal> proposals = new LinkedHashMap<>();
  private final List<Event> events = new ArrayList<>();
  private final Map<Key, State> deliveries = new LinkedHashMap<>();

  synchronized void ask(Proposal proposal) {
    proposals.put(proposal.id(), proposal);
    var half = Duration.between(proposal.askedAt(), proposal.answerBy()).dividedBy(2);
    note(proposal, NoticeKind.ASKED, proposal.askedAt());
    note(proposal, NoticeKind.REMINDER, proposal.askedAt().plus(half));
  }

  synchronized void end(ProposalId id, Proposal.State state) {
    var ended = find(id).orElseThrow();
    var proposal = ended.in(state, Optional.of(ended.answerBy()));
    proposals.put(id, proposal);
    note(
        proposal,
        state == Proposal.State.EXPIRED ? NoticeKind.EXPIRED : NoticeKind.RESOLVED,
        proposal.askedAt());
  }

  private void note(Proposal proposal, NoticeKind kind, Instant due) {
    events.add(new Event(proposal.tenant(), proposal.id(), kind, due));
  }

  private Optional<Proposal> find(ProposalId id) {
    return Optional.ofNullable(proposals.get(id));
  }

  synchronized Optional<Proposal> find(TenantId tenant, ProposalId id) {
    return find(id).filter(proposal -> proposal.tenant().equals(tenant));
  }

  @Override
  public synchronized List<Event> due(Instant at, int limit) {
    return events.stream().filter(e -> !e.dueAt().isAfter(at)).limit(limit).toList();
  }

  @Override
  public synchronized void plan(
      Event event, Set<String> channels, Instant at, Instant until, List<Event> following) {
    if (!events.remove(event)) {
      return;
    }
    for (var channel : channels) {
      deliveries.putIfAbsent(
          new Key(event.proposal(), event.kind(), channel),
          new State(
              new Delivery(event.tenant(), event.proposal(), event.kind(), channel, 0, until),
              at,
              Instant.MIN,
              false));
    }
    events.addAll(following);
  }

  @Override
  public synchronized Set<String> asked(TenantId tenant, ProposalId proposal) {
    return deliveries.keySet().stream()
        .filter(key -> key.proposal().equals(proposal))
        .filter(key -> key.kind() == NoticeKind.ASKED || key.kind() == NoticeKind.ESCALATED)
        .map(Key::channel)
        .collect(Collectors.toSet());
  }

  @Override
  public synchronized Optional<Delivery> claim(String channel, Instant at, Instant claimedUntil) {
    for (var entry : deliveries.entrySet()) {
      var state = entry.getValue();
      boolean isDue =
          entry.getKey().channel().equals(channel)
              && !state.isEnded()
              && !state.next().isAfter(at)
              && !state.claimedUntil().isAfter(at)
              && state.delivery().until().isAfter(at);
      if (isDue && !isInVain(state.delivery())) {
        entry.setValue(new State(state.delivery(), state.next(), claimedUntil, false));
        return Optional.of(state.delivery());
      }
    }
    return Optional.empty();
  }

  private boolean isInVain(Delivery delivery) {
    var proposal = find(delivery.proposal()).orElseThrow();
    boolean isNewKey =
        delivery.kind() == NoticeKind.ASKED && proposal.subject() instanceof Subject.OfKey;
    return delivery.kind().isAsking() && !isNewKey && proposal.state() != Proposal.State.OPEN;
  }

  @Override
  public synchronized void told(Delivery delivery, Instant at) {
    deliveries.put(key(delivery), new State(delivery, at, Instant.MIN, true));
  }

  @Override
  public synchronized void postpone(Delivery d, Instant next) {
    var later =
        new Delivery(d.tenant(), d.proposal(), d.kind(), d.channel(), d.tries() + 1, d.until());
    deliveries.put(key(d), new State(later, next, Instant.MIN, false));
  }

  private static Key key(Delivery delivery) {
    return new Key(delivery.proposal(), delivery.kind(), delivery.channel());
  }
}
