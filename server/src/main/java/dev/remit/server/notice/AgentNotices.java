package dev.remit.server.notice;

import dev.remit.core.identity.Organisation;
import dev.remit.core.register.AgentState;
import dev.remit.core.register.Agents;
import dev.remit.core.register.Registration;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Tells people of the MSP that an agent was suspended, or has to be certified within two weeks,
 * three days or one day: its owners, whoever oversees, and channels that reach everybody.
 *
 * <p>Nothing of it is stored. A notice is told within the hour after its moment, by the one process
 * that has the turn, and tried again in that hour; a process that starts within it repeats it under
 * the same id. What nobody could tell in that hour is not told: the register and the posture say it
 * in any case.
 */
public final class AgentNotices {

  private static final Duration NEWS = Duration.ofHours(1);
  private static final List<Duration> BEFORE =
      List.of(Duration.ofDays(14), Duration.ofDays(3), Duration.ofDays(1));

  private final Sources sources;
  private final List<Channel> channels;
  private final InstantSource clock;
  private final Set<String> told = new HashSet<>();

  /**
   * What is told, and to whom.
   *
   * @param hearing the workspace's names of groups that hear of an agent
   * @param link where a person sees an agent
   */
  public record Sources(
      Supplier<List<Agents.Shown>> agents,
      Function<Agents.Shown, Set<String>> hearing,
      BooleanSupplier isOurTurn,
      Function<Agents.Shown, String> link) {}

  public AgentNotices(Sources sources, List<Channel> channels, InstantSource clock) {
    this.sources = sources;
    this.channels =
        channels.stream()
            .filter(channel -> !channel.isOfTickets())
            .filter(channel -> channel.organisation() instanceof Organisation.Msp)
            .toList();
    this.clock = clock;
  }

  /** Tells what is news; to be run about twice a minute. */
  public void round() {
    if (channels.isEmpty() || !sources.isOurTurn().getAsBoolean()) {
      return;
    }
    var now = clock.instant();
    var current = new HashSet<String>();
    for (var shown : sources.agents().get()) {
      notices(shown, now).forEach(notice -> tell(shown, notice, now, current));
    }
    told.retainAll(current);
  }

  private void tell(Agents.Shown shown, AgentNotice notice, Instant now, Set<String> current) {
    var groups = sources.hearing().apply(shown);
    for (var channel : channels) {
      boolean hears = channel.group().isEmpty() || groups.contains(channel.group().get());
      String delivery = notice.id() + " by " + channel.name();
      current.add(delivery);
      if (hears && !told.contains(delivery) && channel.tell(notice, now)) {
        told.add(delivery);
      }
    }
  }

  private Stream<AgentNotice> notices(Agents.Shown shown, Instant now) {
    return Stream.concat(
        suspended(shown).filter(notice -> isNews(notice.at(), now)).stream(),
        due(shown, now).stream());
  }

  private Optional<AgentNotice> suspended(Agents.Shown shown) {
    return shown
        .row()
        .filter(row -> row.state() == AgentState.SUSPENDED)
        .map(row -> notice(shown, row, AgentNotice.Kind.SUSPENDED, row.cause(), row.since(), ""));
  }

  private Optional<AgentNotice> due(Agents.Shown shown, Instant now) {
    return shown
        .certifyBy()
        .flatMap(end ->
            BEFORE.stream()
                .filter(before -> isNews(end.minus(before), now))
                .findFirst()
                .flatMap(before ->
                    shown
                        .row()
                        .map(row ->
                            notice(
                                shown,
                                row,
                                AgentNotice.Kind.CERTIFICATION_DUE,
                                "",
                                end,
                                "." + before.toDays()))));
  }

  private AgentNotice notice(
      Agents.Shown shown,
      Registration row,
      AgentNotice.Kind kind,
      String cause,
      Instant at,
      String stage) {
    var name = shown.agentClass().id().value();
    return new AgentNotice(
        name + "." + row.revision() + "." + kind.text() + stage,
        kind,
        name,
        cause,
        at,
        sources.link().apply(shown));
  }

  private static boolean isNews(Instant moment, Instant now) {
    return !now.isBefore(moment) && now.isBefore(moment.plus(NEWS));
  }
}
