package dev.remit.server.notice;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.Subject;
import dev.remit.core.identity.Organisation;
import dev.remit.core.notice.NoticeKind;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which channels hear what: those of the organisations and groups that are asked, a client's of its
 * own tenant alone, and of an expiry also whoever answers for the task class. Tickets hear of what
 * agents want, from its beginning on.
 */
final class Hearing {

  private static final String MSP = "msp.";

  private final List<Channel> channels;
  private final Set<String> tickets;
  private final StandIns standIns;
  private final Function<Proposal, Optional<String>> owner;

  /**
   * @param owner the workspace's name of who answers for the task class of a proposal
   */
  Hearing(List<Channel> channels, StandIns standIns, Function<Proposal, Optional<String>> owner) {
    this.channels = channels.stream().filter(channel -> !channel.isOfTickets()).toList();
    this.tickets =
        channels.stream()
            .filter(Channel::isOfTickets)
            .map(Channel::name)
            .collect(Collectors.toUnmodifiableSet());
    this.standIns = standIns;
    this.owner = owner;
  }

  /**
   * Names of the channels that hear this.
   *
   * @param asked the channels that were to be told that it waits
   */
  Set<String> of(NoticeKind kind, Proposal proposal, Instant at, Set<String> asked) {
    return switch (kind) {
      case ASKED -> {
        var all = new HashSet<>(hearing(proposal, proposal.groups()));
        all.addAll(proposal.ofAgent().isPresent() ? tickets : Set.of());
        yield all;
      }
      case REMINDER -> hearing(proposal, proposal.groups());
      case ESCALATED -> hearing(proposal, standInsAt(proposal, at));
      case RESOLVED -> known(asked);
      case EXPIRED -> {
        var all = new HashSet<>(known(asked));
        all.addAll(owners(proposal));
        yield all;
      }
    };
  }

  private Set<String> standInsAt(Proposal proposal, Instant at) {
    return standIns.of(proposal).stream()
        .filter(standIn -> !at.isBefore(standIn.from()))
        .map(StandIns.StandIn::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> known(Set<String> names) {
    return Stream.concat(channels.stream().map(Channel::name), tickets.stream())
        .filter(names::contains)
        .collect(Collectors.toSet());
  }

  private Set<String> hearing(Proposal proposal, Set<String> groups) {
    return channels.stream()
        .filter(channel -> isAsked(proposal, groups, channel))
        .map(Channel::name)
        .collect(Collectors.toSet());
  }

  /** Whether people behind a channel are asked; of its own new keys a client always hears. */
  private static boolean isAsked(Proposal proposal, Set<String> groups, Channel channel) {
    return switch (channel.organisation()) {
      case Organisation.Msp() ->
          channel.group().isPresent()
              ? groups.contains(MSP + channel.group().get())
              : groups.stream().anyMatch(group -> group.startsWith("msp"));
      case Organisation.Client(TenantId tenant) ->
          tenant.equals(proposal.tenant())
              && (groups.stream().anyMatch(group -> group.startsWith("tenant."))
                  || proposal.subject() instanceof Subject.OfKey);
    };
  }

  /** The owner's own channel, else those that reach everybody of the MSP. */
  private Set<String> owners(Proposal proposal) {
    var named = owner.apply(proposal);
    if (named.isEmpty()) {
      return Set.of();
    }
    var own = ours(named);
    return own.isEmpty() ? ours(Optional.empty()) : own;
  }

  private Set<String> ours(Optional<String> group) {
    return channels.stream()
        .filter(channel -> channel.organisation() instanceof Organisation.Msp)
        .filter(channel -> channel.group().equals(group))
        .map(Channel::name)
        .collect(Collectors.toSet());
  }
}
