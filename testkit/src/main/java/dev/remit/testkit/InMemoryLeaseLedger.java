package dev.remit.testkit;

import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.LeaseLedger;
import dev.remit.core.lease.Lease;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@link LeaseLedger} in memory. */
final class InMemoryLeaseLedger implements LeaseLedger {
  private final MemoryState state;

  InMemoryLeaseLedger(MemoryState state) {
    this.state = state;
  }

  private Stream<Lease> live() {
    return state.leases.values().stream().filter(lease -> lease.state() != Lease.State.REVOKED);
  }

  @Override
  public List<Lease> ofTask(TenantId tenant, TaskId task) {
    return state.read(() ->
        live()
            .filter(lease -> lease.tenant().equals(tenant))
            .filter(lease -> lease.task().filter(task::equals).isPresent())
            .toList());
  }

  @Override
  public List<Lease> unfinished() {
    return state.read(() -> live().sorted(Comparator.comparing(Lease::end)).toList());
  }

  @Override
  public Set<String> livePrincipals(ConnectorId connector) {
    return state.read(() ->
        live()
            .filter(lease -> lease.connector().equals(connector))
            .map(Lease::principal)
            .collect(Collectors.toUnmodifiableSet()));
  }

  @Override
  public boolean revoked(Lease lease, Instant at, Entry entry) {
    return state.read(() -> {
      var stored = state.leases.get(lease.id());
      if (stored == null || stored.state() == Lease.State.REVOKED) {
        return false;
      }
      state.leases.put(lease.id(), InMemoryCallLedger.revoked(stored));
      state.append(entry);
      return true;
    });
  }
}
