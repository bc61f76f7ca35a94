package dev.remit.core.flow;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.TaskLedger;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.task.Tasks;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the task a call belongs to.
 *
 * <p>What does not change about a task is cached; whether it is still open is checked when the
 * intent commits, so a cached state never lets an effect through. Which task is the only open one
 * of an instance may be known a second late, if another replica opened or ended one.
 */
final class TaskBook {

  private static final int CACHED = 10_000;
  private static final Duration ONLY_FOR = Duration.ofSeconds(1);

  private final Tasks tasks;
  private final TaskLedger ledger;
  private final Map<TaskId, Task> cache = Collections.synchronizedMap(new Bounded<>());
  private final Map<Worker, Only> only = Collections.synchronizedMap(new Bounded<>());

  private record Worker(AgentId agent, InstanceId instance) {}

  /** The only open task of a worker, as read at a moment. */
  private record Only(Task task, Instant readAt) {}

  /** Keeps what was used last. */
  private static final class Bounded<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    Bounded() {
      super(256, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > CACHED;
    }
  }

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

  /**
   * The task of its token, or the named one if it is this agent's, else the one open task of its
   * instance. A name beside a token must be the token's.
   */
  Found of(Caller.Worker caller, Optional<TaskId> named, Instant now) {
    var task = named.or(() -> caller.token().map(token -> new TaskId(token.task())));
    if (task.isPresent()) {
      return find(caller.id().tenant(), task.get())
          .filter(found -> isOf(found, caller.id()) && caller.speaksFor(found.id().value()))
          .map(found -> accepted(found, caller.instance()))
          .orElseGet(() -> new None(ReasonCode.NO_TASK));
    }
    return onlyOne(new Worker(caller.id(), caller.instance()), now)
        .<Found>map(Belongs::new)
        .orElseGet(() -> new None(ReasonCode.NO_TASK));
  }

  /** A task is worked on by its own agent alone. */
  static boolean isOf(Task task, AgentId agent) {
    return task.agent().equals(agent);
  }

  private Optional<Task> onlyOne(Worker worker, Instant now) {
    var known = only.get(worker);
    if (known != null && now.isBefore(known.readAt().plus(ONLY_FOR))) {
      return Optional.of(known.task());
    }
    var open = tasks.openOf(worker.agent(), worker.instance());
    if (open.size() != 1) {
      only.remove(worker);
      return Optional.empty();
    }
    only.put(worker, new Only(open.getFirst(), now));
    return Optional.of(open.getFirst());
  }

  /** The task of this tenant with this name. */
  Optional<Task> find(TenantId tenant, TaskId id) {
    var cached = cache.get(id);
    if (cached != null) {
      return cached.tenant().equals(tenant) ? Optional.of(cached) : Optional.empty();
    }
    var found = tasks.find(tenant, id);
    // A held task may go on, by word of another replica.
    found.filter(task -> task.state() == Task.State.OPEN).ifPresent(task -> cache.put(id, task));
    return found;
  }

  /** Forgets what is cached of a task: its state changed. */
  void forget(TaskId id) {
    cache.remove(id);
    only.values().removeIf(known -> known.task().id().equals(id));
  }

  /** A task of this agent was opened: what was the only one is so no more. */
  void opened(AgentId agent) {
    only.keySet().removeIf(worker -> worker.agent().equals(agent));
  }

  private Found accepted(Task task, InstanceId instance) {
    if (task.instance().isPresent()) {
      return task.instance().get().equals(instance)
          ? new Belongs(task)
          : new None(ReasonCode.NO_TASK);
    }
    if (task.lineage().names(instance)) {
      return new None(ReasonCode.NO_TASK); // whoever handed it on does not take it back
    }
    boolean isOurs = ledger.accept(task.tenant(), task.id(), instance);
    forget(task.id());
    return isOurs ? new Belongs(task.by(instance)) : new None(ReasonCode.NO_TASK);
  }
}
