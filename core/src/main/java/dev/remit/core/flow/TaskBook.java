package dev.remit.core.flow;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.TaskLedger;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.task.Tasks;
import dev.remit.core.tenant.TenantId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the task a call belongs to.
 *
 * <p>What does not change about a task is cached; whether it is still open is checked when the
 * intent commits, so a cached state never lets an effect through.
 */
final class TaskBook {

  private static final int CACHED = 10_000;

  private final Tasks tasks;
  private final TaskLedger ledger;
  private final Map<TaskId, Task> cache =
      Collections.synchronizedMap(
          new LinkedHashMap<>(256, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<TaskId, Task> eldest) {
              return size() > CACHED;
            }
          });

  TaskBook(Tasks tasks, TaskLedger ledger) {
    this.tasks = tasks;
    this.ledger = ledger;
  }

  /** The task of a call, or why there is none. */
  sealed interface Found {}

  /** The task this call belongs to. */
  record Belongs(Task task) implements Found {}

  /** There is none, or nothing tells which. */
  record None(ReasonCode reason) implements Found {}

  /** The named task if it is this agent's, else the one open task of its instance. */
  Found of(Caller.Agent caller, Optional<TaskId> named) {
    if (named.isPresent()) {
      return find(caller.id().tenant(), named.get())
          .filter(task -> task.agent().equals(caller.id()))
          .map(task -> accepted(task, caller.instance()))
          .orElseGet(() -> new None(ReasonCode.NO_TASK));
    }
    var open = tasks.openOf(caller.id(), caller.instance());
    return open.size() == 1 ? new Belongs(open.getFirst()) : new None(ReasonCode.NO_TASK);
  }

  /** The task of this tenant with this name. */
  Optional<Task> find(TenantId tenant, TaskId id) {
    var cached = cache.get(id);
    if (cached != null) {
      return cached.tenant().equals(tenant) ? Optional.of(cached) : Optional.empty();
    }
    var found = tasks.find(tenant, id);
    found.ifPresent(task -> cache.put(id, task));
    return found;
  }

  /** Forgets what is cached of a task: its state changed. */
  void forget(TaskId id) {
    cache.remove(id);
  }

  private Found accepted(Task task, InstanceId instance) {
    if (task.instance().isPresent()) {
      return task.instance().get().equals(instance)
          ? new Belongs(task)
          : new None(ReasonCode.NO_TASK);
    }
    boolean isOurs = ledger.accept(task.tenant(), task.id(), instance);
    forget(task.id());
    return isOurs ? new Belongs(task) : new None(ReasonCode.NO_TASK);
  }
}
