package dev.remit.core.flow;

import dev.remit.core.evidence.ProposalLedger;
import dev.remit.core.evidence.ProposalLedger.Answered;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Measures from stored answers; remembers nothing itself. */
final class FatigueMeter implements Fatigue {

  private record Slot(String person, Instant hour) {}

  private final ProposalLedger proposals;
  private final InstantSource clock;

  FatigueMeter(ProposalLedger proposals, InstantSource clock) {
    this.proposals = proposals;
    this.clock = clock;
  }

  @Override
  public Measured measured(Set<TenantId> tenants, Instant since) {
    var answered = proposals.answeredSince(tenants, since);
    var load = proposals.load(tenants, since, clock.instant(), REFUSALS);
    var grants = answered.stream().filter(Answered::isGrant).toList();
    return new Measured(
        load.requests(),
        load.collapsed(),
        answered.size(),
        grants.size(),
        (int) grants.stream().filter(a -> reading(a).compareTo(READING) < 0).count(),
        median(answered, a -> Duration.between(a.askedAt(), a.answeredAt())),
        median(answered, FatigueMeter::reading),
        identical(answered),
        load.endings(),
        perPerson(answered),
        load.open());
  }

  /** Who answered without opening the card had from the asking on to read it elsewhere. */
  private static Duration reading(Answered answered) {
    return Duration.between(answered.readAt().orElse(answered.askedAt()), answered.answeredAt());
  }

  private static Duration median(List<Answered> answered, Function<Answered, Duration> time) {
    var times = answered.stream().map(time).sorted().toList();
    return times.isEmpty() ? Duration.ZERO : times.get(times.size() / 2);
  }

  private static int identical(List<Answered> answered) {
    var seen = new HashSet<List<String>>();
    return (int) answered.stream().filter(a -> !seen.add(List.of(a.person(), a.act()))).count();
  }

  private static List<PersonHour> perPerson(List<Answered> answered) {
    Map<Slot, Long> counts =
        answered.stream()
            .map(a -> new Slot(a.person(), a.answeredAt().truncatedTo(ChronoUnit.HOURS)))
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    return counts.entrySet().stream()
        .map(e -> new PersonHour(e.getKey().person(), e.getKey().hour(), e.getValue().intValue()))
        .sorted(
            Comparator.comparingInt(PersonHour::answers)
                .reversed()
                .thenComparing(PersonHour::hour)
                .thenComparing(PersonHour::person))
        .toList();
  }
}
