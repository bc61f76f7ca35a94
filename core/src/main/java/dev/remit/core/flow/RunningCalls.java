package dev.remit.core.flow;

import dev.remit.core.call.CallId;
import dev.remit.core.execution.Cut;
import dev.remit.core.kill.KillScope;
import dev.remit.core.lease.LeaseId;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Calls of this process between admission and settlement, so that kills and task ends can cut them
 * and recovery leaves them alone.
 */
final class RunningCalls {

  /** Why a call is cut by a kill. */
  static final String KILLED = "killed";

  /** Why a call is cut by a hold. */
  static final String HELD = "held";

  /** A task by its whole name. */
  record TaskKey(TenantId tenant, TaskId task) {}

  private record Running(
      TenantId tenant, Optional<TaskId> task, List<String> killScopes, LeaseId lease, Cut cut) {}

  private final Map<CallId, Running> calls = new ConcurrentHashMap<>();

  void started(EffectPlan plan, LeaseId lease, Cut cut) {
    calls.put(plan.call(), new Running(plan.tenant(), plan.task(), plan.killScopes(), lease, cut));
  }

  void ended(CallId call) {
    calls.remove(call);
  }

  boolean isRunning(CallId call) {
    return calls.containsKey(call);
  }

  /** Whether a running call stands on this lease. */
  boolean holds(LeaseId lease) {
    return calls.values().stream().anyMatch(running -> running.lease().equals(lease));
  }

  /** Cuts every call of these tasks. */
  void cutTasks(Set<TaskId> tasks, String why) {
    cut(running -> running.task().filter(tasks::contains).isPresent(), why);
  }

  /** Cuts every call under one of these scopes. */
  void cutUnder(Collection<KillScope> scopes, String why) {
    var texts = scopes.stream().map(KillScope::text).toList();
    cut(running -> running.killScopes().stream().anyMatch(texts::contains), why);
  }

  /** Cuts everything: the process ends. */
  void cutAll(String why) {
    cut(running -> true, why);
  }

  /** The tasks of the calls that run. */
  Map<CallId, TaskKey> tasks() {
    var tasks = new HashMap<CallId, TaskKey>();
    calls.forEach((call, running) ->
        running.task().ifPresent(task -> tasks.put(call, new TaskKey(running.tenant(), task))));
    return tasks;
  }

  /**
   * All are marked before the first hook runs, and no hook waits for another: a vendor that stands
   * still while its job is cancelled keeps no other call from being cut.
   */
  private void cut(Predicate<Running> isMeant, String why) {
    calls.values().stream()
        .filter(isMeant)
        .map(running -> running.cut().mark(why))
        .filter(hooks -> !hooks.isEmpty())
        .toList()
        .forEach(hooks -> Thread.ofVirtual().name("cut").start(() -> hooks.forEach(Runnable::run)));
  }
}
