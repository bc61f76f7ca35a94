package dev.remit.core.flow;

import dev.remit.core.evidence.Entry;
import dev.remit.core.execution.Connector;
import dev.remit.core.lease.Broker.Ended;
import dev.remit.core.lease.Broker.Gone;
import dev.remit.core.lease.Broker.Lingering;
import dev.remit.core.lease.Credential;
import dev.remit.core.lease.Lease;
import dev.remit.core.lease.LeaseId;
import dev.remit.core.value.Value;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends leases and records that they are proven gone. It never throws: what could not be ended now
 * is tried again by the sweeper for ever.
 */
final class Revoker {

  private final Ports ports;
  private final Entries entries;

  /** Credentials that could not be ended yet: with them in hand more targets can revoke at once. */
  private final Map<LeaseId, Credential> lingering = new ConcurrentHashMap<>();

  Revoker(Ports ports, Entries entries) {
    this.ports = ports;
    this.entries = entries;
  }

  /** Ends the credential at its target; does not touch the store. */
  Ended end(Lease lease, Optional<Credential> credential) {
    Connector connector = ports.connectors().all().get(lease.connector());
    if (connector == null) {
      return new Lingering("the connector is not in the active version");
    }
    var known = credential.or(() -> Optional.ofNullable(lingering.get(lease.id())));
    Ended ended;
    try {
      ended = connector.broker().revoke(lease, known);
    } catch (RuntimeException e) {
      ended = new Lingering("the target is away");
    }
    switch (ended) {
      case Gone ignored -> forget(lease.id());
      case Lingering ignored -> known.ifPresent(held -> lingering.put(lease.id(), held));
    }
    return ended;
  }

  private void forget(LeaseId lease) {
    lingering.remove(lease);
    ports.secrets().live().release(lease.value());
  }

  /**
   * Ends a lease that belongs to no single call's outcome, and records it; true when it is over.
   */
  boolean endAndRecord(Lease lease, Optional<Credential> credential) {
    return switch (end(lease, credential)) {
      case Gone(String proof) -> record(lease, proof);
      case Lingering ignored -> false;
    };
  }

  private boolean record(Lease lease, String proof) {
    var now = ports.clock().instant();
    var fields =
        Value.object(
            "lease", lease.id().value(),
            "connector", lease.connector().value(),
            "principal", lease.principal(),
            "end", lease.end().toString(),
            "proof", proof);
    var entry =
        lease
            .task()
            .map(task ->
                entries.ofTask(
                    Entry.Kind.LEASE_ENDED, lease.tenant(), task, now, fields, Value.Obj.EMPTY))
            .orElseGet(() -> entries.of(Entry.Kind.LEASE_ENDED, lease.tenant(), now, fields));
    try {
      ports.leases().revoked(lease, now, entry);
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }
}
