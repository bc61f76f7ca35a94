package dev.remit.testkit;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.TaskLedger;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.release.VersionId;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@link TaskLedger} in memory. */
final class InMemoryTaskLedger implements TaskLedger {
  private static final int AT_ONCE = 16;

  private final MemoryState state;

  InMemoryTaskLedger(MemoryState state) {
    this.state = state;
  }

  @Override
  public Optional<ReasonCode> open(
      Task task, VersionId version, List<String> killScopes, Entry entry) {
    return state.read(() -> {
      if (state.isKilled(killScopes)) {
        return Optional.of(ReasonCode.KILLED);
      }
      if (!state.isActive(task.agent())) {
        return Optional.of(ReasonCode.AGENT_NOT_ACTIVE);
      }
      if (!version.equals(state.active)) {
        return Optional.of(ReasonCode.POLICY_UNAVAILABLE);
      }
      var refusal = task.lineage().parent().isPresent() ? ofChain(task) : ofGround(task);
      if (refusal.isEmpty()) {
        state.tasks.put(task.id(), hasReadAbove(task) ? task.afterUntrusted() : task);
        state.append(entry);
      }
      return refusal;
    });
  }

  private Optional<ReasonCode> ofGround(Task task) {
    return state.tasks.values().stream().anyMatch(other -> isSameGround(other, task))
        ? Optional.of(ReasonCode.NO_GROUND)
        : Optional.empty();
  }

  private Optional<ReasonCode> ofChain(Task task) {
    var parent = state.tasks.get(task.lineage().parent().orElseThrow());
    if (parent == null || !isOpenAbove(task)) {
      return Optional.of(ReasonCode.NO_TASK);
    }
    boolean isWider =
        task.deadline().isAfter(parent.deadline())
            || task.callLimit() > parent.callLimit()
            || !task.ground().ticket().equals(parent.ground().ticket());
    if (isWider) {
      return Optional.of(ReasonCode.OUTSIDE_TASK);
    }
    var root = task.lineage().tasks().getFirst();
    return state.liveBelow(task.tenant(), root).size() < AT_ONCE
        ? Optional.empty()
        : Optional.of(ReasonCode.LIMIT_EXCEEDED);
  }

  private boolean isOpenAbove(Task task) {
    return task.lineage().tasks().stream()
        .map(state.tasks::get)
        .allMatch(above ->
            above != null
                && above.tenant().equals(task.tenant())
                && above.isOpenAt(task.openedAt()));
  }

  private boolean hasReadAbove(Task task) {
    return task.lineage().parent().map(state.tasks::get).filter(Task::hasReadUntrusted).isPresent();
  }

  private static boolean isSameGround(Task other, Task task) {
    return other.state().isLive()
        && other.lineage().parent().isEmpty()
        && other.tenant().equals(task.tenant())
        && other.taskClass().equals(task.taskClass())
        && other.ground().connector().equals(task.ground().connector())
        && other.ground().ticket().equals(task.ground().ticket());
  }

  @Override
  public boolean accept(TenantId tenant, TaskId id, InstanceId instance) {
    return state.read(() -> {
      var task = state.tasks.get(id);
      if (task == null || !task.tenant().equals(tenant) || !task.state().isLive()) {
        return false;
      }
      if (task.instance().isPresent()) {
        return task.instance().get().equals(instance);
      }
      state.tasks.put(id, task.by(instance));
      return true;
    });
  }

  @Override
  public Moved move(
      TenantId tenant,
      TaskId id,
      Set<Task.State> from,
      Task.State to,
      Instant at,
      Entry entry,
      List<Below> below) {
    return state.read(() -> {
      var task = state.tasks.get(id);
      if (task == null || !task.tenant().equals(tenant) || !task.state().isLive()) {
        return Moved.ELSEWHERE;
      }
      var named = below.stream().map(Below::task).toList();
      boolean isMore =
          state.liveBelow(tenant, id).stream().anyMatch(one -> !named.contains(one.id()));
      if (to != Task.State.OPEN && isMore) {
        return Moved.OTHERS_BELOW;
      }
      if (!from.contains(task.state())) {
        return Moved.ELSEWHERE;
      }
      state.tasks.put(id, task.in(to));
      state.append(entry);
      below.forEach(this::end);
      return Moved.MOVED;
    });
  }

  private void end(Below below) {
    var task = state.tasks.get(below.task());
    if (task != null && task.state().isLive()) {
      state.tasks.put(task.id(), task.in(below.state()));
      state.append(below.entry());
    }
  }
}
