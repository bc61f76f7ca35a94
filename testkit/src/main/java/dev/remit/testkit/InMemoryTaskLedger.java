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

/** {@link TaskLedger} in memory. */
final class InMemoryTaskLedger implements TaskLedger {
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
      if (!version.equals(state.active)) {
        return Optional.of(ReasonCode.POLICY_UNAVAILABLE);
      }
      if (state.tasks.values().stream().anyMatch(other -> isSameGround(other, task))) {
        return Optional.of(ReasonCode.NO_GROUND);
      }
      state.tasks.put(task.id(), task);
      state.append(entry);
      return Optional.empty();
    });
  }

  private static boolean isSameGround(Task other, Task task) {
    return isLive(other)
        && other.tenant().equals(task.tenant())
        && other.taskClass().equals(task.taskClass())
        && other.ground().connector().equals(task.ground().connector())
        && other.ground().ticket().equals(task.ground().ticket());
  }

  static boolean isLive(Task task) {
    return task.state() == Task.State.OPEN || task.state() == Task.State.HELD;
  }

  @Override
  public boolean accept(TenantId tenant, TaskId id, InstanceId instance) {
    return state.read(() -> {
      var task = state.tasks.get(id);
      if (task == null || !task.tenant().equals(tenant) || !isLive(task)) {
        return false;
      }
      if (task.instance().isPresent()) {
        return task.instance().get().equals(instance);
      }
      state.tasks.put(id, with(task, Optional.of(instance), task.state()));
      return true;
    });
  }

  @Override
  public boolean turn(TenantId tenant, TaskId id, Task.State from, Task.State to, Entry entry) {
    return state.read(() -> {
      var task = state.tasks.get(id);
      if (!from.isLive() || !to.isLive()) {
        throw new IllegalStateException("a task is turned between open and held");
      }
      if (task == null || !task.tenant().equals(tenant) || task.state() != from) {
        return false;
      }
      state.tasks.put(id, with(task, task.instance(), to));
      state.append(entry);
      return true;
    });
  }

  @Override
  public boolean close(TenantId tenant, TaskId id, Task.State end, Instant at, Entry entry) {
    return state.read(() -> {
      var task = state.tasks.get(id);
      if (task == null || !task.tenant().equals(tenant) || !isLive(task)) {
        return false;
      }
      state.tasks.put(id, with(task, task.instance(), end));
      state.append(entry);
      return true;
    });
  }

  static Task with(Task task, Optional<InstanceId> instance, Task.State state) {
    return new Task(
        task.id(),
        task.tenant(),
        task.environment(),
        task.agent(),
        instance,
        task.taskClass(),
        task.ground(),
        task.targets(),
        task.tools(),
        task.callLimit(),
        task.openedAt(),
        task.deadline(),
        state,
        task.prompt(),
        task.hasReadUntrusted());
  }
}
