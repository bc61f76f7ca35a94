package dev.remit.core.flow;

import dev.remit.core.call.ScopeTruth;
import dev.remit.core.call.Tool;
import dev.remit.core.connection.ConnectionState;
import dev.remit.core.connection.ConnectionState.Check;
import dev.remit.core.connection.ConnectionState.Finding;
import dev.remit.core.connection.ConnectionState.Verdict;
import dev.remit.core.connection.Connections;
import dev.remit.core.evidence.Entry;
import dev.remit.core.execution.Connector;
import dev.remit.core.execution.Connector.VendorException;
import dev.remit.core.flow.OwnReads.Leased;
import dev.remit.core.identity.Grade;
import dev.remit.core.lease.Credential;
import dev.remit.core.release.Release;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.target.Reading;
import dev.remit.core.target.TargetRef;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Looks whether a connection is what its file says: a credential is made and proven gone, and where
 * the vendor is said to hold the line between clients, it is tried whether it does.
 *
 * <p>Its credentials are leases like any other, with intent and outcome; a crash between any two
 * lines leaves what the crash of a call leaves.
 */
public final class ConnectionDesk {

  private final Ports ports;
  private final Entries entries;
  private final OwnReads ownReads;
  private final Connections connections;
  private final AtomicInteger turn = new AtomicInteger();

  ConnectionDesk(Ports ports, Entries entries, OwnReads ownReads, Connections connections) {
    this.ports = ports;
    this.entries = entries;
    this.ownReads = ownReads;
    this.connections = connections;
  }

  /**
   * Looks at one connection: at each new version and on schedule. False when no credential could be
   * made or something failed, so that it is looked at again soon.
   */
  public boolean look(ConnectorId id) {
    var connector = ports.connectors().all().get(id);
    if (connector == null) {
      return false;
    }
    var findings = at(connector).findings();
    return findings.getFirst().verdict() == Verdict.HELD
        && findings.stream().noneMatch(finding -> finding.verdict() == Verdict.FAILED);
  }

  /** What the last look at each found, by name. */
  public Value.Obj states() {
    return connections.value();
  }

  /** Looks, and tells the evidence when the connector goes out of service or comes back. */
  private ConnectionState at(Connector connector) {
    var release = ports.releases().active().release();
    var findings = new ArrayList<Finding>();
    findings.add(canary(connector, release));
    boolean isOneMade = findings.getFirst().verdict() == Verdict.HELD;
    if (isOneMade
        && truth(release, connector.id()).equals(Optional.of(ScopeTruth.VENDOR_ENFORCED))) {
      findings.add(scopeTruth(connector, release));
    }
    var state = new ConnectionState(connector.id(), ports.clock().instant(), findings);
    boolean wasOut = connections.put(state).filter(ConnectionState::isOut).isPresent();
    if (wasOut != state.isOut()) {
      tell(state);
    }
    return state;
  }

  private static Optional<ScopeTruth> truth(Release release, ConnectorId id) {
    return Optional.ofNullable(release.connectors().get(id)).map(spec -> spec.scopeTruth());
  }

  private void tell(ConnectionState state) {
    ports
        .journal()
        .append(
            entries.of(
                Entry.Kind.CONNECTION,
                TenantId.OPERATOR,
                state.lookedAt(),
                Value.object("connector", state.connector().value(), "isOut", state.isOut()),
                Value.object("failures", Value.texts(state.failures()))));
  }

  private Finding canary(Connector connector, Release release) {
    if (connections.isOut(connector.id()) && isStillEnding(connector.id())) {
      // One credential that does not go is enough; the next is made when it is gone.
      return finding(Check.CANARY, Verdict.FAILED, "earlier credentials are not proven gone yet");
    }
    var leased =
        ownReads.leased(
            TenantId.OPERATOR,
            connector,
            connector.readScope(),
            release.version(),
            Value.object("purpose", "canary"),
            (vendor, credential) -> credential.principal());
    if (leased.isCleaningUp()) {
      return finding(Check.CANARY, Verdict.FAILED, "its credential could not be proven gone");
    }
    return leased.found().isPresent()
        ? finding(Check.CANARY, Verdict.HELD, "made and proven gone")
        : finding(Check.CANARY, Verdict.UNTRIED, leased.detail());
  }

  private boolean isStillEnding(ConnectorId id) {
    return ports.leases().unfinished().stream().anyMatch(lease -> lease.connector().equals(id));
  }

  /** Two records of two clients, and the tool whose credential is tried. */
  private record Pair(Tool tool, Tenant own, TargetRef owned, TargetRef foreign) {}

  /** What one credential showed. */
  private record Seen(Optional<Reading> own, Optional<Reading> foreign) {}

  private Finding scopeTruth(Connector connector, Release release) {
    var found = pair(connector, release);
    if (found.isEmpty()) {
      return finding(
          Check.SCOPE_TRUTH, Verdict.UNTRIED, "no two clients with records and a tool that looks");
    }
    var pair = found.get();
    var leased =
        ownReads.leased(
            pair.own().id(),
            connector,
            connector.scope(pair.tool(), pair.own()),
            release.version(),
            Value.object("purpose", "scope-truth", "targets", Facts.refs(List.of(pair.owned()))),
            (vendor, credential) ->
                new Seen(
                    vendor.read(pair.owned(), credential),
                    foreign(vendor, pair.foreign(), credential)));
    if (leased.found().isEmpty()) {
      return finding(Check.SCOPE_TRUTH, Verdict.UNTRIED, leased.detail());
    }
    return judged(leased, pair, connector.id());
  }

  private static Finding judged(Leased<Seen> leased, Pair pair, ConnectorId id) {
    var seen = leased.found().orElseThrow();
    var owner = pair.own().externalIds().get(id.value());
    if (seen.foreign().filter(reading -> !reading.owner().equals(owner)).isPresent()) {
      return finding(
          Check.SCOPE_TRUTH,
          Verdict.DOUBTED,
          "a credential of one client reads another client's record in the inventory: narrow what"
              + " the broker makes, or say `scope-truth: broker-enforced`");
    }
    return seen.own().isPresent()
        ? finding(Check.SCOPE_TRUTH, Verdict.HELD, "own record seen, another client's refused")
        : finding(
            Check.SCOPE_TRUTH, Verdict.UNTRIED, "its own client's record is not shown either");
  }

  private static Optional<Reading> foreign(
      Connector vendor, TargetRef target, Credential credential) {
    try {
      return vendor.read(target, credential);
    } catch (VendorException e) {
      return Optional.empty(); // refused, as it should be
    }
  }

  /** Another pair every time, so that each client has its turn. */
  private Optional<Pair> pair(Connector connector, Release release) {
    var looking =
        release.tools().values().stream()
            .filter(tool -> tool.connector().equals(connector.id()))
            .filter(tool -> tool.effect() == Grade.OBSERVE)
            .min(Comparator.comparing(Tool::name));
    var owners = new ArrayList<Map.Entry<Tenant, TargetRef>>();
    for (String kind : connector.kinds()) {
      for (var tenant : release.tenants().values()) {
        ports
            .inventory()
            .select(tenant.id(), connector.id(), kind, Map.of(), ports.clock().instant())
            .stream()
            .findFirst()
            .ifPresent(ref -> owners.add(Map.entry(tenant, ref)));
      }
    }
    if (looking.isEmpty() || owners.isEmpty()) {
      return Optional.empty();
    }
    var own = owners.get(Math.floorMod(turn.getAndIncrement(), owners.size()));
    return owners.stream()
        .filter(other -> !other.getKey().id().equals(own.getKey().id()))
        .filter(other -> other.getValue().kind().equals(own.getValue().kind()))
        .findFirst()
        .map(other -> new Pair(looking.get(), own.getKey(), own.getValue(), other.getValue()));
  }

  private static Finding finding(Check check, Verdict verdict, String detail) {
    return new Finding(check, verdict, detail);
  }
}
