package dev.remit.server.notice;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.Subject;
import dev.remit.core.evidence.ProposalLedger;
import dev.remit.core.identity.Organisation;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Looks now and then what waits for people, and tells those who are asked: once when it is asked,
 * and once more when half the time is over.
 *
 * <p>Promises: it stands beside the calls and delays none; a channel hears of its own
 * organisation's questions alone, a client's of its own tenant alone; what could not be told is
 * tried again with growing pauses until the time to answer is over. At least once: after a restart
 * or on another replica a notice may come again, under the same id. Run by one thread.
 */
public final class Notifier implements Runnable {

  private static final int PAGE = 100;
  private static final int MOST_PAGES = 100;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  private static final System.Logger LOG = System.getLogger(Notifier.class.getName());

  private final Waiting proposals;
  private final Supplier<Set<TenantId>> tenants;
  private final List<Channel> channels;
  private final Function<Proposal, String> link;
  private final InstantSource clock;
  private final Map<Key, State> told = new HashMap<>();

  /** What waits, the most urgent first, page by page: {@link ProposalLedger#inbox}. */
  @FunctionalInterface
  public interface Waiting {
    /** At most this many, after that place. */
    List<Proposal> page(
        Set<TenantId> tenants, Instant at, Optional<ProposalLedger.Place> after, int limit);
  }

  private record Key(String channel, String notice) {}

  private record State(boolean isDone, int tries, Instant next) {}

  /**
   * @param link where a person reads a proposal
   */
  public Notifier(
      Waiting proposals,
      Supplier<Set<TenantId>> tenants,
      List<Channel> channels,
      Function<Proposal, String> link,
      InstantSource clock) {
    this.proposals = proposals;
    this.tenants = tenants;
    this.channels = List.copyOf(channels);
    this.link = link;
    this.clock = clock;
  }

  @Override
  public void run() {
    if (channels.isEmpty()) {
      return;
    }
    var now = clock.instant();
    var alive = new HashSet<Key>();
    for (var proposal : open(now)) {
      for (var channel : channels) {
        if (isAsked(proposal, channel.organisation())) {
          tell(proposal, Notice.Kind.ASKED, channel, now, alive);
          if (isHalfOver(proposal, now)) {
            tell(proposal, Notice.Kind.REMINDER, channel, now, alive);
          }
        }
      }
    }
    told.keySet().retainAll(alive);
  }

  private List<Proposal> open(Instant now) {
    var open = new ArrayList<Proposal>();
    var asked = new HashSet<>(tenants.get());
    asked.add(TenantId.OPERATOR);
    Optional<ProposalLedger.Place> after = Optional.empty();
    for (int i = 0; i < MOST_PAGES; i++) {
      var page = proposals.page(asked, now, after, PAGE);
      open.addAll(page);
      if (page.size() < PAGE) {
        break;
      }
      var last = page.getLast();
      after = Optional.of(new ProposalLedger.Place(last.answerBy(), last.tenant(), last.id()));
    }
    return open;
  }

  /** Whether people of this organisation are asked; of its own new keys a client always hears. */
  static boolean isAsked(Proposal proposal, Organisation organisation) {
    return switch (organisation) {
      case Organisation.Msp() -> wants(proposal, "msp");
      case Organisation.Client(TenantId tenant) ->
          tenant.equals(proposal.tenant())
              && (wants(proposal, "tenant.") || proposal.subject() instanceof Subject.OfKey);
    };
  }

  private static boolean wants(Proposal proposal, String prefix) {
    return proposal.rules().stream()
        .flatMap(rule -> rule.from().stream())
        .anyMatch(answers -> answers.group().startsWith(prefix));
  }

  private static boolean isHalfOver(Proposal proposal, Instant now) {
    var half = Duration.between(proposal.askedAt(), proposal.answerBy()).dividedBy(2);
    return !now.isBefore(proposal.askedAt().plus(half));
  }

  private void tell(
      Proposal proposal, Notice.Kind kind, Channel channel, Instant now, Set<Key> alive) {
    var notice =
        new Notice(
            proposal.id().value() + "." + kind.text(),
            kind,
            proposal.tenant(),
            proposal.id().value(),
            proposal.subject().kind(),
            proposal.answerBy(),
            link.apply(proposal));
    var key = new Key(channel.name(), notice.id());
    alive.add(key);
    var state = told.getOrDefault(key, new State(false, 0, now));
    if (state.isDone() || now.isBefore(state.next())) {
      return;
    }
    boolean isDone = channel.tell(notice, now);
    told.put(key, new State(isDone, state.tries() + 1, now.plus(pause(state.tries()))));
    if (!isDone && state.tries() == 0) {
      LOG.log(
          System.Logger.Level.WARNING,
          "notices by `{0}` cannot be delivered just now; they are tried again",
          channel.name());
    }
  }

  private static Duration pause(int tries) {
    var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tries, 10));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }
}
