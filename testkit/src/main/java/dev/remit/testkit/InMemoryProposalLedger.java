package dev.remit.testkit;

import dev.remit.core.approval.Answer;
import dev.remit.core.approval.PersonKey;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.ProposalLedger;
import dev.remit.core.evidence.Settlement;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@link ProposalLedger} in memory. */
final class InMemoryProposalLedger implements ProposalLedger {
  private static final Comparator<Proposal> MOST_URGENT =
      Comparator.comparing(Proposal::answerBy)
          .thenComparing(p -> p.tenant().value())
          .thenComparing(p -> p.id().value());

  private final MemoryState state;

  InMemoryProposalLedger(MemoryState state) {
    this.state = state;
  }

  private Stream<Proposal> of(TenantId tenant) {
    return state.proposals.values().stream().filter(p -> p.tenant().equals(tenant));
  }

  @Override
  public Optional<Proposal> propose(
      Proposal proposal, Caps caps, Optional<Entry> decision, Entry request) {
    return state.read(() -> {
      var same = of(proposal.tenant()).filter(other -> isSame(other, proposal)).findFirst();
      if (same.isPresent()) {
        return same;
      }
      if (isTooMuch(proposal, caps)) {
        return Optional.empty();
      }
      state.proposals.put(proposal.id(), proposal);
      decision.ifPresent(state::append);
      state.append(request);
      return Optional.of(proposal);
    });
  }

  private static boolean isSame(Proposal other, Proposal proposal) {
    return other.stateAt(proposal.askedAt()) == Proposal.State.OPEN
        && other.task().equals(proposal.task())
        && other.digest().equals(proposal.digest());
  }

  private boolean isTooMuch(Proposal proposal, Caps caps) {
    var open =
        of(proposal.tenant())
            .filter(p -> p.stateAt(proposal.askedAt()) == Proposal.State.OPEN)
            .toList();
    long ofTask =
        open.stream()
            .filter(p -> p.ofAgent().isPresent() && p.task().equals(proposal.task()))
            .count();
    return (proposal.ofAgent().isPresent() && ofTask >= caps.perTask())
        || proposal.groups().stream()
            .anyMatch(group ->
                open.stream().filter(p -> p.groups().contains(group)).count() >= caps.perGroup());
  }

  @Override
  public Optional<Proposal> find(TenantId tenant, ProposalId id) {
    return state.read(
        () -> Optional.ofNullable(state.proposals.get(id)).filter(p -> p.tenant().equals(tenant)));
  }

  @Override
  public Optional<Proposal> latest(TenantId tenant, TaskId task, String digest) {
    return state.read(() ->
        of(tenant)
            .filter(p -> p.task().equals(task) && p.digest().equals(digest))
            .reduce((earlier, later) -> later));
  }

  @Override
  public List<Proposal> overdue(Instant at) {
    return state.read(() ->
        state.proposals.values().stream()
            .filter(p -> p.state().isLive())
            .filter(p -> p.stateAt(at) == Proposal.State.EXPIRED)
            .toList());
  }

  @Override
  public boolean end(Proposal proposal, Proposal.State end, Entry entry) {
    return state.read(() -> {
      if (end.isLive()) {
        throw new IllegalStateException("a proposal does not end as open or granted");
      }
      var stored = state.proposals.get(proposal.id());
      if (stored == null || !stored.state().isLive()) {
        return false;
      }
      put(stored.in(end, stored.useBy()));
      for (int use = 1; use <= 20; use++) {
        state.openUses.computeIfPresent(
            proposal.id().ofStep(use),
            (id, row) -> row.state().isLive() ? row.in(end, row.useBy()) : row);
      }
      state.append(entry);
      return true;
    });
  }

  private void put(Proposal proposal) {
    state.proposals.put(proposal.id(), proposal);
  }

  @Override
  public List<Proposal> list(TenantId tenant, int limit) {
    return state.read(() -> of(tenant).toList().reversed().stream().limit(limit).toList());
  }

  @Override
  public List<Proposal> liveOf(TenantId tenant, TaskId task) {
    return state.read(() ->
        of(tenant).filter(p -> p.task().equals(task)).filter(p -> p.state().isLive()).toList());
  }

  @Override
  public int refusalsOf(TenantId tenant, TaskId task, String act) {
    return state.read(() ->
        (int)
            of(tenant)
                .filter(p -> p.task().equals(task) && p.act().equals(act))
                .filter(p -> p.state() == Proposal.State.REFUSED)
                .count());
  }

  @Override
  public List<Proposal> inbox(Set<TenantId> tenants, Instant at, Optional<Place> after, int limit) {
    return state.read(() ->
        state.proposals.values().stream()
            .filter(p -> tenants.contains(p.tenant()))
            .filter(p -> p.stateAt(at) == Proposal.State.OPEN)
            .sorted(MOST_URGENT)
            .filter(p -> after.isEmpty() || isBeyond(p, after.get()))
            .limit(limit)
            .toList());
  }

  private static boolean isBeyond(Proposal proposal, Place place) {
    int byTime = proposal.answerBy().compareTo(place.answerBy());
    int byTenant = proposal.tenant().value().compareTo(place.tenant().value());
    return byTime != 0
        ? byTime > 0
        : byTenant != 0 ? byTenant > 0 : proposal.id().value().compareTo(place.id().value()) > 0;
  }

  @Override
  public Given answer(TenantId tenant, Answer answer, long counter, Entry entry) {
    return state.read(() -> {
      var proposal = state.proposals.get(answer.proposal());
      if (proposal == null
          || !proposal.tenant().equals(tenant)
          || proposal.stateAt(answer.at()) != Proposal.State.OPEN) {
        return Given.CLOSED;
      }
      if (state.answers.stream().anyMatch(other -> isAgain(other, answer))) {
        return Given.ALREADY;
      }
      var key = state.keys.get(answer.assertion().credentialId());
      if (key == null
          || !key.isLiveAt(answer.at())
          || !key.person().equals(answer.person())
          || !(counter > key.counter() || (counter == 0 && key.counter() == 0))) {
        return Given.KEY_REFUSED;
      }
      state.keys.put(key.credentialId(), counted(key, counter));
      state.answers.add(answer);
      state.append(entry);
      return Given.COUNTED;
    });
  }

  private static boolean isAgain(Answer other, Answer answer) {
    return other.proposal().equals(answer.proposal())
        && (other.person().equals(answer.person())
            || other.assertion().credentialId().equals(answer.assertion().credentialId()));
  }

  static PersonKey counted(PersonKey key, long counter) {
    return new PersonKey(
        key.credentialId(),
        key.person(),
        key.organisation(),
        key.credential(),
        counter,
        key.registeredAt(),
        key.activeFrom(),
        key.isRemoved(),
        key.label());
  }

  @Override
  public List<Answer> answers(TenantId tenant, ProposalId id) {
    return state.read(() ->
        state.answers.stream()
            .filter(answer -> answer.proposal().equals(id))
            .filter(answer -> find(tenant, id).isPresent())
            .toList());
  }

  @Override
  public Map<ProposalId, List<Answer>> answers(List<Proposal> proposals) {
    var all = new LinkedHashMap<ProposalId, List<Answer>>();
    proposals.forEach(p -> all.put(p.id(), answers(p.tenant(), p.id())));
    return all;
  }

  @Override
  public boolean grant(Proposal proposal, Instant at, Instant useBy, Entry entry) {
    return state.read(() -> {
      var stored = state.proposals.get(proposal.id());
      if (stored == null || stored.stateAt(at) != Proposal.State.OPEN) {
        return false;
      }
      put(stored.in(Proposal.State.GRANTED, Optional.of(useBy)));
      state.append(entry);
      return true;
    });
  }

  @Override
  public List<Stored> standing(TenantId tenant, Optional<String> act) {
    return state.read(() ->
        of(tenant)
            .filter(p -> p.subject() instanceof Subject.OfStanding)
            .filter(p -> p.state().isLive())
            .filter(p -> act.isEmpty() || act.get().equals(p.act()))
            .map(p -> new Stored(p, MemoryStanding.used(state, p)))
            .toList());
  }

  @Override
  public int openUse(Proposal standing, TaskId task, int uses, Instant at) {
    return state.read(() -> MemoryStanding.open(state, standing, task, uses, at));
  }

  @Override
  public boolean openStep(Proposal plan, int step, Instant at) {
    return state.read(() -> {
      var stored = state.proposals.get(plan.id());
      boolean isUsable =
          stored != null
              && stored.plan().isPresent()
              && stored.tenant().equals(plan.tenant())
              && stored.stateAt(at) == Proposal.State.GRANTED;
      if (isUsable) {
        state.steps.put(plan.id().ofStep(step), plan.id());
      }
      return isUsable;
    });
  }

  @Override
  public Optional<Use> use(TenantId tenant, ProposalId id) {
    return state.read(() ->
        state.intents.values().stream()
            .filter(intent -> intent.tenant().equals(tenant))
            .filter(intent -> intent.approval().filter(id::equals).isPresent())
            .findFirst()
            .map(intent ->
                new Use(
                    intent.call(),
                    intent.at(),
                    Optional.ofNullable(state.outcomes.get(intent.call()))
                        .map(Settlement::outcome))));
  }

  @Override
  public void askedAgain(Proposal proposal) {
    state.change(() -> {
      var stored = state.proposals.get(proposal.id());
      if (stored != null && stored.state() == Proposal.State.OPEN) {
        state.repeats.merge(stored.id(), 1, Integer::sum);
      }
    });
  }

  @Override
  public List<Answered> answeredSince(Set<TenantId> tenants, Instant since) {
    return state.read(() -> LoadReading.answered(state, tenants, since));
  }

  @Override
  public Load load(Set<TenantId> tenants, Instant since, Instant at, int refusals) {
    return state.read(() -> LoadReading.load(state, tenants, since, at, refusals));
  }
}
