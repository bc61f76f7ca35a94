package dev.remit.testkit;

import dev.remit.core.approval.Answer;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.Verdict;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.ProposalLedger.Answered;
import dev.remit.core.evidence.ProposalLedger.Load;
import dev.remit.core.evidence.ProposalLedger.OpenOf;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads how much is asked of people from what is in memory. */
final class LoadReading {

  private LoadReading() {}

  static List<Answered> answered(MemoryState state, Set<TenantId> tenants, Instant since) {
    return state.answers.stream()
        .filter(answer -> !answer.at().isBefore(since))
        .flatMap(answer ->
            Optional.ofNullable(state.proposals.get(answer.proposal()))
                .filter(proposal -> tenants.contains(proposal.tenant()))
                .map(proposal -> answered(state, proposal, answer))
                .stream())
        .toList();
  }

  private static Answered answered(MemoryState state, Proposal proposal, Answer answer) {
    var read =
        state.entriesOf(proposal.tenant()).stream()
            .filter(entry -> entry.kind() == Entry.Kind.PROPOSAL_READ)
            .filter(
                entry -> entry.fields().text("handle").equals(Optional.of(proposal.id().value())))
            .filter(
                entry -> entry.fields().text("person").equals(Optional.of(answer.person().text())))
            .map(Entry::at)
            .filter(at -> !at.isAfter(answer.at()))
            .min(Instant::compareTo);
    return new Answered(
        answer.person().text(),
        proposal.act(),
        proposal.askedAt(),
        read,
        answer.at(),
        answer.verdict() == Verdict.GRANT);
  }

  static Load load(
      MemoryState state, Set<TenantId> tenants, Instant since, Instant at, int refusals) {
    var all =
        state.proposals.values().stream()
            .filter(proposal -> tenants.contains(proposal.tenant()))
            .toList();
    var asked = all.stream().filter(proposal -> !proposal.askedAt().isBefore(since)).toList();
    Map<OpenOf, Long> open =
        all.stream()
            .filter(proposal -> proposal.stateAt(at) == Proposal.State.OPEN)
            .flatMap(proposal ->
                proposal.groups().stream().map(group -> new OpenOf(proposal.tenant(), group, 0)))
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    long endings =
        asked.stream()
            .filter(proposal -> proposal.state() == Proposal.State.REFUSED)
            .filter(proposal -> proposal.call().isPresent())
            .collect(
                Collectors.groupingBy(
                    proposal -> List.of(proposal.tenant(), proposal.task(), proposal.act()),
                    Collectors.counting()))
            .values()
            .stream()
            .filter(count -> count >= refusals)
            .count();
    return new Load(
        asked.size(),
        asked.stream().mapToInt(p -> state.repeats.getOrDefault(p.id(), 0)).sum(),
        (int) endings,
        open.entrySet().stream()
            .map(e -> new OpenOf(e.getKey().tenant(), e.getKey().group(), e.getValue().intValue()))
            .sorted(
                Comparator.comparingInt(OpenOf::open)
                    .reversed()
                    .thenComparing(o -> o.tenant().value())
                    .thenComparing(OpenOf::group))
            .toList());
  }
}
