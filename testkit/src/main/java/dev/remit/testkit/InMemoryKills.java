package dev.remit.testkit;

import dev.remit.core.approval.Proposal;
import dev.remit.core.delegation.Chain;
import dev.remit.core.evidence.Entry;
import dev.remit.core.kill.KillOrder;
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
  public List<Task> order(KillOrder order) {
    return state.read(() -> {
      state.kills.add(
          new Active(order.scope(), order.mode(), order.by(), order.reason(), order.at()));
      state.append(order.entry());
      var under =
          state.tasks.values().stream()
              .filter(task -> task.state().isLive())
              .filter(task -> covers(order.scope(), task))
              .toList();
      var tenants = under.stream().map(Task::tenant).collect(java.util.stream.Collectors.toSet());
      boolean isOfInstance = order.scope().kind() == KillScope.Kind.INSTANCE;
      order.told().stream()
          .filter(entry -> !isOfInstance || tenants.contains(entry.tenant()))
          .forEach(entry -> {
            state.append(entry);
            state.toldOfStops.add(entry.tenant());
          });
      return order.mode() == KillOrder.Mode.HOLD ? List.of() : killed(under);
    });
  }

  private static boolean covers(KillScope scope, Task task) {
    return scope.covers(task.agent(), task.instance())
        || Chain.killScopes(task.lineage()).contains(scope.text());
  }

  private List<Task> killed(List<Task> under) {
    var closed = new ArrayList<Task>();
    for (var task : under) {
      var killed = task.in(Task.State.KILLED);
      state.tasks.put(task.id(), killed);
      closed.add(killed);
    }
    return List.copyOf(closed);
  }

  @Override
  public boolean lift(
      KillScope scope,
      Proposal proposal,
      Instant at,
      Entry resolution,
      Entry entry,
      List<Entry> told) {
    return state.read(() -> {
      if (!InMemoryPersonKeyLedger.consume(state, proposal)) {
        return false;
      }
      state.kills.removeIf(
          kill -> kill.scope().equals(scope) && !kill.at().isAfter(proposal.askedAt()));
      state.append(resolution);
      state.append(entry);
      told.stream().filter(one -> state.toldOfStops.contains(one.tenant())).forEach(state::append);
      return true;
    });
  }

  @Override
  public List<Active> active() {
    return state.read(() -> List.copyOf(state.kills));
  }
}
