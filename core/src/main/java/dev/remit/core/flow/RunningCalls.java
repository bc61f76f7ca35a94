package dev.remit.core.flow;

import dev.remit.core.call.CallId;
import dev.remit.core.execution.Cut;
import dev.remit.core.kill.KillScope;
import dev.remit.core.lease.LeaseId;
import dev.remit.core.task.TaskId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls of this process between admission and settlement, so that kills and task ends can cut them
 * and recovery leaves them alone.
 */
final class RunningCalls {

  /** Why a call is cut by a kill. */
  static final String KILLED = "killed";

  private record Running(Optional<TaskId> task, List<String> killScopes, LeaseId lease, Cut cut) {}

  private final Map<CallId, Running> calls = new ConcurrentHashMap<>();

  void started(
      CallId call, Optional<TaskId> task, List<String> killScopes, LeaseId lease, Cut cut) {
    calls.put(call, new Running(task, killScopes, lease, cut));
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
    calls.values().stream()
        .filter(running -> running.task().filter(tasks::contains).isPresent())
        .forEach(running -> running.cut().cut(why));
  }

  /** Cuts every call under one of these scopes. */
  void cutUnder(Collection<KillScope> scopes, String why) {
    var texts = scopes.stream().map(KillScope::text).toList();
    calls.values().stream()
        .filter(running -> running.killScopes().stream().anyMatch(texts::contains))
        .forEach(running -> running.cut().cut(why));
  }

  /** Cuts everything: the process ends. */
  void cutAll(String why) {
    calls.values().forEach(running -> running.cut().cut(why));
  }
}
