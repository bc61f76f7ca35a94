package dev.remit.core.flow;

import dev.remit.core.call.CallId;
import dev.remit.core.delegation.Chain;
import dev.remit.core.flow.RunningCalls.TaskKey;
import dev.remit.core.kill.KillOrder;
import dev.remit.core.kill.KillScope;
import dev.remit.core.kill.Kills;
import dev.remit.core.lease.Lease;
import dev.remit.core.lease.LeaseId;
import dev.remit.core.task.Task;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Learns of stops that were ordered elsewhere, cuts what runs here under them, and lets go of the
 * credentials that reads shared.
 *
 * <p>The order itself needs none of this: the database admits nothing under a stop. A call that was
 * admitted before is cut after at most one round; a signal only brings that round forward.
 */
final class KillWatch {

  private final Ports ports;
  private final RunningCalls running;
  private final TaskLeases taskLeases;

  /** Calls that ran in the round before; a short call is not worth a look at its task. */
  private Set<CallId> seen = Set.of(); // guarded by this

  KillWatch(Ports ports, RunningCalls running, TaskLeases taskLeases) {
    this.ports = ports;
    this.running = running;
    this.taskLeases = taskLeases;
  }

  /** One round: stops in force, and tasks of running calls that were ended or held elsewhere. */
  synchronized void look() {
    var failures = new ArrayList<RuntimeException>();
    for (Runnable step : List.<Runnable>of(this::lookForStops, this::lookForTasks)) {
      try {
        step.run();
      } catch (RuntimeException e) {
        failures.add(e); // one that fails must not keep the other from cutting
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  /** Stopped here: no need to read it back. */
  void stopped(KillScope scope, KillOrder.Mode mode) {
    running.cutUnder(List.of(scope), why(mode));
    retire(List.of(scope));
  }

  private static String why(KillOrder.Mode mode) {
    return switch (mode) {
      case KILL -> RunningCalls.KILLED;
      case HOLD -> RunningCalls.HELD;
    };
  }

  private void lookForStops() {
    var active = ports.kills().active();
    if (active.isEmpty()) {
      return;
    }
    for (var mode : KillOrder.Mode.values()) {
      var scopes =
          active.stream().filter(stop -> stop.mode() == mode).map(Kills.Active::scope).toList();
      running.cutUnder(scopes, why(mode));
    }
    retire(active.stream().map(Kills.Active::scope).toList());
  }

  /**
   * INVARIANT: tasks are looked up before, not under the lock of the slots. A slot that is taken
   * meanwhile serves no call, because none is admitted; the next round finds it.
   */
  private void retire(List<KillScope> scopes) {
    Set<LeaseId> over =
        taskLeases.live().stream()
            .filter(lease -> scopes.stream().anyMatch(scope -> isUnder(lease, scope)))
            .map(Lease::id)
            .collect(Collectors.toSet());
    if (!over.isEmpty()) {
      taskLeases.retireWhere(lease -> over.contains(lease.id()));
    }
  }

  private boolean isUnder(Lease lease, KillScope scope) {
    return switch (scope.kind()) {
      case EVERYTHING -> true;
      case TENANT -> lease.tenant().value().equals(scope.name());
      case CONNECTOR -> lease.connector().value().equals(scope.name());
      case AGENT, CLASS, INSTANCE ->
          lease
              .task()
              .flatMap(task -> ports.tasks().find(lease.tenant(), task))
              .filter(task ->
                  scope.covers(task.agent(), task.instance())
                      || Chain.killScopes(task.lineage()).contains(scope.text()))
              .isPresent();
    };
  }

  private void lookForTasks() {
    Map<CallId, TaskKey> now = running.tasks();
    var looked = seen;
    seen = Set.copyOf(now.keySet());
    var tasks = new HashSet<TaskKey>();
    now.forEach((call, task) -> {
      if (looked.contains(call)) {
        tasks.add(task);
      }
    });
    for (var key : tasks) {
      ports.tasks().find(key.tenant(), key.task()).ifPresent(this::cutUnlessOpen);
    }
  }

  private void cutUnlessOpen(Task task) {
    switch (task.state()) {
      case OPEN -> {}
      case HELD -> running.cutTasks(Set.of(task.id()), "the task is held");
      case KILLED -> running.cutTasks(Set.of(task.id()), RunningCalls.KILLED);
      case DONE, FAILED, EXPIRED, TAKEN_OVER ->
          running.cutTasks(Set.of(task.id()), "the task ended");
    }
  }
}
