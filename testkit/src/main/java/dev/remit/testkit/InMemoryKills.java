package dev.remit.testkit;

import dev.remit.core.approval.Proposal;
import dev.remit.core.evidence.Entry;
import dev.remit.core.kill.KillScope;
import dev.remit.core.kill.Kills;
import dev.remit.core.task.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@link Kills} in memory. */
final class InMemoryKills implements Kills {
  private final MemoryState state;

  InMemoryKills(MemoryState state) {
    this.state = state;
  }

  @Override
  public List<Task> order(KillScope scope, String by, String reason, Instant at, Entry entry) {
    return state.read(() -> {
      state.kills.add(new Active(scope, by, reason, at));
      state.append(entry);
      var closed = new ArrayList<Task>();
      state.tasks.replaceAll((id, task) -> {
        if (!InMemoryTaskLedger.isLive(task) || !covers(scope, task)) {
          return task;
        }
        var killed = InMemoryTaskLedger.with(task, task.instance(), Task.State.KILLED);
        closed.add(killed);
        return killed;
      });
      return List.copyOf(closed);
    });
  }

  /** A connector's kill closes no task: the task may go on with other connectors. */
  private static boolean covers(KillScope scope, Task task) {
    var text = scope.text();
    return text.equals("everything")
        || text.equals("tenant:" + task.tenant())
        || text.equals("class:" + task.agent().agentClass())
        || text.equals("agent:" + task.agent().text())
        || task.instance().filter(instance -> text.equals("instance:" + instance)).isPresent();
  }

  @Override
  public boolean lift(
      KillScope scope, Proposal proposal, Instant at, Entry resolution, Entry entry) {
    return state.read(() -> {
      if (!InMemoryPersonKeyLedger.consume(state, proposal)) {
        return false;
      }
      state.kills.removeIf(
          kill -> kill.scope().equals(scope) && !kill.at().isAfter(proposal.askedAt()));
      state.append(resolution);
      state.append(entry);
      return true;
    });
  }

  @Override
  public List<Active> active() {
    return state.read(() -> List.copyOf(state.kills));
  }
}
