package dev.remit.core.flow;

import dev.remit.core.evidence.ProposalLedger;
import dev.remit.core.evidence.ProposalLedger.Answered;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Measures from stored answers; remembers nothing itself. */
final class FatigueMeter implements Fatigue {

  private record Slot(String person, Instant hour) {}

  private final ProposalLedger proposals;

  FatigueMeter(ProposalLedger proposals) {
    this.proposals = proposals;
  }

  @Override
  public Measured measured(TenantId tenant, Instant since) {
    var answered = proposals.answeredSince(tenant, since);
    return new Measured(
        answered.size(), median(answered), identical(answered), perPerson(answered));
  }

  private static Duration median(List<Answered> answered) {
    var times =
        answered.stream().map(a -> Duration.between(a.askedAt(), a.answeredAt())).sorted().toList();
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
