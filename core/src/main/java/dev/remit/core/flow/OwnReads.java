package dev.remit.core.flow;

import dev.remit.core.call.CallId;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.CallLedger;
import dev.remit.core.execution.Connector;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Execution;
import dev.remit.core.execution.Outcome;
import dev.remit.core.flow.Work.Performed;
import dev.remit.core.kill.KillScope;
import dev.remit.core.lease.Credential;
import dev.remit.core.release.VersionId;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.target.Reading;
import dev.remit.core.target.TargetRef;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Remit's own reads of tickets and inventories: effects like any other, admitted, leased and
 * recorded.
 */
final class OwnReads {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Ports ports;
  private final Effects effects;
  private final PinWatch pins;

  OwnReads(Ports ports, Entries entries, Effects effects) {
    this.ports = ports;
    this.effects = effects;
    this.pins = new PinWatch(ports, entries);
  }

  /** What was read, or why nothing was. */
  sealed interface Read<T> {}

  /** It was read. */
  record Got<T>(T value) implements Read<T> {}

  /** It could not be read, or must not be. */
  record NotRead<T>(ReasonCode reason) implements Read<T> {}

  /** The ticket as its system shows it now; empty when there is none. */
  Read<Optional<Connector.Ticket>> ticket(
      TenantId tenant, ConnectorId id, VersionId version, String ticket) {
    return read(
        tenant,
        id,
        version,
        Value.object("purpose", "ground", "ticket", ticket),
        (connector, credential) ->
            connector.ticket(ticket, credential).map(found -> Cleaning.of(found, ports.secrets())));
  }

  /** Reads every kind of a connector's inventory into the store; false when it could not. */
  boolean inventory(ConnectorId id, VersionId version) {
    var connector = ports.connectors().all().get(id);
    if (connector == null) {
      return false;
    }
    boolean isWhole = true;
    for (String kind : connector.kinds()) {
      Instant seenAt = ports.clock().instant();
      var readings =
          read(
              TenantId.OPERATOR,
              id,
              version,
              Value.object("purpose", "inventory", "kind", kind),
              (vendor, credential) ->
                  vendor.inventory(kind, credential).stream()
                      .map(found -> Cleaning.of(found, ports.secrets()))
                      .toList());
      switch (readings) {
        case Got<List<Reading>>(var found) -> ports.inventory().replace(id, kind, found, seenAt);
        case NotRead<List<Reading>> ignored -> isWhole = false;
      }
    }
    return isWhole;
  }

  /** Has a connector list its upstream's tools again; false when it could not. */
  boolean tools(ConnectorId id, VersionId version) {
    var connector = ports.connectors().all().get(id);
    if (connector == null || !connector.hasUpstreamTools()) {
      return connector != null;
    }
    var listed =
        read(
            TenantId.OPERATOR,
            id,
            version,
            Value.object("purpose", "tools"),
            (vendor, credential) -> vendor.id());
    pins.look(connector);
    return listed instanceof Got<ConnectorId>;
  }

  /**
   * Reads these records again and tells the inventory; the answer is why that could not be done.
   * Records of kinds that their system does not list stay as they are, within their age.
   */
  Optional<ReasonCode> records(TenantId tenant, List<TargetRef> refs, VersionId version) {
    Optional<ReasonCode> objection = Optional.empty();
    var byConnector =
        refs.stream()
            .filter(this::isListed)
            .distinct()
            .collect(Collectors.groupingBy(TargetRef::connector));
    for (var one : byConnector.entrySet()) {
      Instant seenAt = ports.clock().instant();
      var readings =
          read(
              tenant,
              one.getKey(),
              version,
              Value.object("purpose", "approved", "targets", Facts.refs(one.getValue())),
              (vendor, credential) ->
                  one.getValue().stream().map(ref -> vendor.read(ref, credential)).toList());
      Optional<ReasonCode> reason =
          switch (readings) {
            case Got<List<Optional<Reading>>>(var found) -> told(found, seenAt);
            case NotRead<List<Optional<Reading>>>(ReasonCode why) -> Optional.of(why);
          };
      objection = objection.or(() -> reason);
    }
    return objection;
  }

  private boolean isListed(TargetRef ref) {
    var connector = ports.connectors().all().get(ref.connector());
    return connector == null || connector.kinds().contains(ref.kind());
  }

  private Optional<ReasonCode> told(List<Optional<Reading>> found, Instant seenAt) {
    found.stream()
        .flatMap(Optional::stream)
        .forEach(
            reading -> ports.inventory().update(Cleaning.of(reading, ports.secrets()), seenAt));
    return found.stream().allMatch(Optional::isPresent)
        ? Optional.empty()
        : Optional.of(ReasonCode.TARGET_UNKNOWN);
  }

  /** What is done with the credential. */
  interface Reader<T> {
    T read(Connector connector, Credential credential);
  }

  private <T> Read<T> read(
      TenantId tenant, ConnectorId id, VersionId version, Value.Obj purpose, Reader<T> reader) {
    var connector = ports.connectors().all().get(id);
    if (connector == null) {
      return new NotRead<>(ReasonCode.VENDOR_UNAVAILABLE);
    }
    var leased = leased(tenant, connector, connector.readScope(), version, purpose, reader);
    return switch (leased.result()) {
      case EffectResult.Settled settled when settled.outcome() == Outcome.SUCCEEDED ->
          new Got<>(leased.found().orElseThrow());
      case EffectResult.Settled settled ->
          new NotRead<>(settled.reason().orElse(ReasonCode.VENDOR_UNAVAILABLE));
      case EffectResult.NotAdmitted(CallLedger.Refused(ReasonCode reason)) -> new NotRead<>(reason);
      case EffectResult.NotAdmitted ignored -> new NotRead<>(ReasonCode.POLICY_UNAVAILABLE);
    };
  }

  /** What was read through a credential of its own, and what became of that. */
  record Leased<T>(EffectResult result, Optional<T> found) {

    /** Whether it is not proven gone. */
    boolean isCleaningUp() {
      return result instanceof EffectResult.Settled settled && settled.isCleaningUp();
    }

    /** In words, without names. */
    String detail() {
      return switch (result) {
        case EffectResult.Settled settled -> settled.detail();
        case EffectResult.NotAdmitted(CallLedger.Refused(ReasonCode reason)) ->
            "not admitted: " + reason.code();
        case EffectResult.NotAdmitted ignored -> "not admitted";
      };
    }
  }

  /** Reads with a credential of this scope: admitted, recorded and revoked as any effect. */
  <T> Leased<T> leased(
      TenantId tenant,
      Connector connector,
      Value.Obj scope,
      VersionId version,
      Value.Obj purpose,
      Reader<T> reader) {
    var found = new AtomicReference<Optional<T>>(Optional.empty());
    Function<Credential, Performed> perform =
        credential -> {
          found.set(Optional.of(reader.read(connector, credential)));
          return Performed.of(new Execution.Done(Value.Obj.EMPTY, List.of()));
        };
    var plan =
        new EffectPlan(
            new CallId(ports.ids().id()),
            tenant,
            Optional.empty(),
            Optional.empty(),
            KillScope.covering(tenant, connector.id()),
            version,
            List.of(),
            Optional.empty(),
            connector,
            false,
            scope,
            connector.leaseLife(),
            TIMEOUT,
            Optional.empty(),
            purpose
                .with("agent", Value.of("remit"))
                .with("connector", Value.of(connector.id().value())),
            Value.Obj.EMPTY);
    var result =
        effects.run(plan, (credential, sendBy, cut) -> perform.apply(credential), new Cut());
    boolean isRead =
        result instanceof EffectResult.Settled settled && settled.outcome() == Outcome.SUCCEEDED;
    return new Leased<>(result, isRead ? found.get() : Optional.empty());
  }
}
