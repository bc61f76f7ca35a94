package dev.remit.testkit;

import dev.remit.core.evidence.Intent;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.task.Tasks;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** {@link Tasks} in memory. */
final class InMemoryTasks implements Tasks {
  private final MemoryState state;

  InMemoryTasks(MemoryState state) {
    this.state = state;
  }

  @Override
  public Optional<Task> find(TenantId tenant, TaskId id) {
    return state.read(
        () -> Optional.ofNullable(state.tasks.get(id)).filter(t -> t.tenant().equals(tenant)));
  }

  @Override
  public List<Task> openOf(AgentId agent, InstanceId instance) {
    return state.read(() ->
        state.tasks.values().stream()
            .filter(task -> task.state() == Task.State.OPEN)
            .filter(task -> task.agent().equals(agent))
            .filter(task -> task.instance().filter(instance::equals).isPresent())
            .toList()
            .reversed());
  }

  @Override
  public List<Task> overdue(Instant at) {
    return state.read(() ->
        state.tasks.values().stream()
            .filter(task -> task.state().isLive())
            .filter(task -> !at.isBefore(task.deadline()))
            .toList());
  }

  @Override
  public List<Task> list(TenantId tenant, int limit) {
    return state.read(() ->
        state.tasks.values().stream()
            .filter(task -> task.tenant().equals(tenant))
            .toList()
            .reversed()
            .stream()
            .limit(limit)
            .toList());
  }

  @Override
  public List<Task> liveBelow(TenantId tenant, TaskId id) {
    return state.read(() -> state.liveBelow(tenant, id));
  }

  @Override
  public List<Task> below(TenantId tenant, TaskId id, int limit) {
    return state.read(() ->
        state.tasks.values().stream()
            .filter(task -> task.tenant().equals(tenant))
            .filter(task -> task.lineage().tasks().contains(id))
            .sorted(
                Comparator.<Task>comparingInt(task -> task.lineage().depth())
                    .thenComparing(Task::openedAt)
                    .thenComparing(task -> task.id().value()))
            .limit(limit)
            .toList());
  }

  @Override
  public Value.Obj usage(TenantId tenant, TaskId id) {
    return state.read(() ->
        Value.object(
            "calls",
            state.intents.values().stream()
                .filter(intent -> intent.tenant().equals(tenant))
                .filter(intent -> intent.task().filter(use -> counts(use, id)).isPresent())
                .count()));
  }

  private static boolean counts(Intent.TaskUse use, TaskId id) {
    return use.task().equals(id)
        || use.above().stream().map(Intent.Above::task).anyMatch(id::equals);
  }
}
