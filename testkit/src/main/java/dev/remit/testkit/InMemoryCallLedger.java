package dev.remit.testkit;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Attempt;
import dev.remit.core.evidence.CallLedger;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Intent;
import dev.remit.core.evidence.Settlement;
import dev.remit.core.execution.Outcome;
import dev.remit.core.lease.Lease;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** {@link CallLedger} in memory. */
final class InMemoryCallLedger implements CallLedger {
  private final MemoryState state;

  InMemoryCallLedger(MemoryState state) {
    this.state = state;
  }

  @Override
  public Admission admit(Intent intent) {
    return state.read(() -> {
      var objection = objection(intent);
      if (objection.isPresent()) {
        return objection.get();
      }
      commit(intent);
      return new Admitted();
    });
  }

  private Optional<Admission> objection(Intent intent) {
    return taskObjection(intent)
        .or(() ->
            state.isKilled(intent.killScopes())
                ? Optional.of(new Refused(ReasonCode.KILLED))
                : Optional.empty())
        .or(() -> registerObjection(intent))
        .or(() -> factObjection(intent))
        .or(() -> joined(intent))
        .or(() -> approvalObjection(intent))
        .or(() -> limitObjection(intent));
  }

  private Optional<Admission> taskObjection(Intent intent) {
    if (intent.task().isEmpty()) {
      return Optional.empty();
    }
    var task = state.tasks.get(intent.task().get().task());
    if (task == null || !task.tenant().equals(intent.tenant())) {
      return Optional.of(new Refused(ReasonCode.NO_TASK));
    }
    var all = new ArrayList<Task>();
    all.add(task);
    task.lineage().tasks().stream()
        .map(state.tasks::get)
        .filter(Objects::nonNull)
        .forEach(all::add);
    if (all.stream().anyMatch(one -> one.state() == Task.State.KILLED)) {
      return Optional.of(new Refused(ReasonCode.KILLED));
    }
    return all.size() == task.lineage().depth() + 1
            && all.stream().allMatch(one -> one.isOpenAt(intent.at()))
        ? Optional.empty()
        : Optional.of(new Refused(ReasonCode.NO_TASK));
  }

  private Optional<Admission> registerObjection(Intent intent) {
    return intent
        .task()
        .map(use -> state.tasks.get(use.task()))
        .filter(task -> !state.isActive(task.agent()))
        .map(task -> new Refused(ReasonCode.AGENT_NOT_ACTIVE));
  }

  private Optional<Admission> factObjection(Intent intent) {
    if (!intent.version().equals(state.active)) {
      return Optional.of(new Changed("policy"));
    }
    var task = intent.task().map(use -> state.tasks.get(use.task()));
    if (task.filter(Task::hasReadUntrusted).isPresent()
        && intent.task().filter(use -> !use.hasReadUntrusted()).isPresent()) {
      return Optional.of(new Changed("content"));
    }
    return intent.targets().stream()
        .filter(target -> !isAsSeen(target))
        .findFirst()
        .map(target -> new Changed(target.ref().text()));
  }

  private boolean isAsSeen(Intent.SeenTarget target) {
    var seen = state.records.getOrDefault(target.ref(), List.of());
    return seen.size() == 1 && seen.getFirst().reading().version().equals(target.version());
  }

  private Optional<Admission> joined(Intent intent) {
    return state.intents.values().stream()
        .filter(first -> intent.joinKey().isPresent())
        .filter(first -> first.joinKey().equals(intent.joinKey()))
        .filter(first -> first.tenant().equals(intent.tenant()))
        .filter(first -> !first.at().isBefore(intent.joinSince()))
        .reduce((earlier, later) -> later)
        .map(first -> new Joined(first.call()));
  }

  private Optional<Admission> approvalObjection(Intent intent) {
    return intent
        .approval()
        .map(id ->
            state
                .uses(id)
                .or(() ->
                    Optional.ofNullable(state.proposals.get(state.steps.getOrDefault(id, id)))))
        .filter(found ->
            found
                .filter(p -> p.tenant().equals(intent.tenant()))
                .filter(p -> p.stateAt(intent.at()) == Proposal.State.GRANTED)
                .filter(p -> intent.task().filter(use -> use.task().equals(p.task())).isPresent())
                .filter(p -> !isUsed(intent.approval().get()))
                .isEmpty())
        .map(found -> new Refused(ReasonCode.APPROVAL_STALE));
  }

  /** Whatever its state says: an approval has one intent for ever. */
  private boolean isUsed(ProposalId approval) {
    return state.intents.values().stream()
        .anyMatch(intent -> intent.approval().filter(approval::equals).isPresent());
  }

  private Optional<Admission> limitObjection(Intent intent) {
    return intent
        .task()
        .filter(use -> isSpent(intent, use) || !state.uses.hold(intent, use.limits()))
        .map(use -> new Refused(ReasonCode.LIMIT_EXCEEDED));
  }

  private boolean isSpent(Intent intent, Intent.TaskUse use) {
    boolean isOwnSpent =
        !use.hasRoomAfter(
            onTicket(intent, use.taskClass(), use.ticket()), inHour(intent, use.taskClass()));
    return isOwnSpent || use.above().stream().anyMatch(above -> isSpent(intent, use, above));
  }

  private boolean isSpent(Intent intent, Intent.TaskUse use, Intent.Above above) {
    var task = state.tasks.get(above.task());
    long ofTask =
        state.intents.values().stream()
            .flatMap(other -> other.task().stream())
            .filter(other -> counts(other, above.task()))
            .count();
    return task == null
        || ofTask >= task.callLimit()
        || onTicket(intent, above.taskClass(), use.ticket()) >= task.callLimit()
        || inHour(intent, above.taskClass()) >= above.perTenantPerHour();
  }

  private static boolean counts(Intent.TaskUse use, TaskId task) {
    return use.task().equals(task)
        || use.above().stream().map(Intent.Above::task).anyMatch(task::equals);
  }

  private static boolean counts(Intent.TaskUse use, String taskClass) {
    return use.taskClass().equals(taskClass)
        || use.above().stream().map(Intent.Above::taskClass).anyMatch(taskClass::equals);
  }

  private long onTicket(Intent intent, String taskClass, String ticket) {
    return state.intents.values().stream()
        .filter(other -> other.tenant().equals(intent.tenant()))
        .flatMap(other -> other.task().stream())
        .filter(other -> counts(other, taskClass) && other.ticket().equals(ticket))
        .count();
  }

  private long inHour(Intent intent, String taskClass) {
    var hourAgo = intent.at().minus(Duration.ofHours(1));
    long admitted =
        state.intents.values().stream()
            .filter(other -> other.tenant().equals(intent.tenant()))
            .filter(other -> other.at().isAfter(hourAgo))
            .filter(other -> other.task().filter(use -> counts(use, taskClass)).isPresent())
            .count();
    return admitted
        + state.attempts.stream()
            .filter(attempt -> attempt.tenant().equals(intent.tenant()))
            .filter(attempt -> attempt.taskClass().equals(taskClass))
            .filter(attempt -> attempt.at().isAfter(hourAgo))
            .count();
  }

  private void commit(Intent intent) {
    if (state.intents.containsKey(intent.call())) {
      throw new IllegalStateException("a call is admitted once");
    }
    state.intents.put(intent.call(), intent);
    intent.task().ifPresent(use -> state.uses.count(intent, use.limits()));
    intent.lease().ifPresent(lease -> state.leases.put(lease.id(), lease));
    intent
        .approval()
        .ifPresent(id -> {
          state.proposals.computeIfPresent(
              id, (key, p) -> p.in(Proposal.State.CONSUMED, p.useBy()));
          state.openUses.computeIfPresent(id, (key, p) -> p.in(Proposal.State.CONSUMED, p.useBy()));
        });
    state.append(intent.entry());
  }

  @Override
  public Settled settle(Settlement settlement) {
    return state.read(() -> {
      if (!state.intents.containsKey(settlement.call())) {
        throw new IllegalStateException("no intent came before this outcome");
      }
      settlement.reader().ifPresent(state::markTree);
      settlement
          .endedLease()
          .ifPresent(id -> state.leases.computeIfPresent(id, (k, lease) -> revoked(lease)));
      if (state.outcomes.putIfAbsent(settlement.call(), settlement) == null) {
        state.append(settlement.entry());
        return Settled.FIRST;
      }
      state.append(asResolution(settlement.entry()));
      return Settled.LATE;
    });
  }

  @Override
  public void attempted(Attempt attempt) {
    state.change(() -> {
      state.attempts.add(attempt);
      attempt.rates().forEach(use -> state.uses.call(attempt.tenant(), use, attempt.at()));
    });
  }

  static Lease revoked(Lease lease) {
    return new Lease(
        lease.id(),
        lease.tenant(),
        lease.connector(),
        lease.principal(),
        lease.task(),
        lease.scope(),
        lease.end(),
        lease.replica(),
        Lease.State.REVOKED);
  }

  private static Entry asResolution(Entry entry) {
    return new Entry(
        entry.id(),
        entry.tenant(),
        Entry.Kind.RESOLUTION,
        entry.call(),
        entry.task(),
        entry.at(),
        entry.fields(),
        entry.body(),
        entry.salt());
  }

  @Override
  public List<Unknown> unknown(Set<TenantId> tenants, int limit) {
    return state.read(() ->
        state.intents.values().stream()
            .filter(intent -> tenants.contains(intent.tenant()))
            .filter(intent -> isUnknown(intent))
            .limit(limit)
            .map(intent ->
                new Unknown(
                    intent.call(),
                    intent.tenant(),
                    intent.task().map(use -> use.task().value()),
                    intent.at()))
            .toList());
  }

  private boolean isUnknown(Intent intent) {
    var settlement = state.outcomes.get(intent.call());
    return settlement != null
        && settlement.outcome() == Outcome.UNKNOWN
        && state.entriesOf(intent.tenant()).stream()
            .noneMatch(entry ->
                entry.kind() == Entry.Kind.RESOLUTION
                    && entry.call().equals(Optional.of(intent.call().value())));
  }

  @Override
  public List<Unsettled> unsettled(
      String replica, Instant ownSentBefore, Instant othersSettledBefore) {
    return state.read(() ->
        state.intents.values().stream()
            .filter(intent -> !state.outcomes.containsKey(intent.call()))
            .filter(intent ->
                intent.replica().equals(replica)
                    ? intent.sendBy().isBefore(ownSentBefore)
                    : intent.settleBy().isBefore(othersSettledBefore))
            .map(intent ->
                new Unsettled(
                    intent.call(),
                    intent.tenant(),
                    intent.task().map(use -> use.task().value()),
                    intent.lease().map(l -> state.leases.getOrDefault(l.id(), l)),
                    intent.sendBy()))
            .toList());
  }
}
