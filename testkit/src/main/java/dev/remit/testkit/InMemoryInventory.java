package dev.remit.testkit;

import dev.remit.core.target.ConnectorId;
import dev.remit.core.target.Inventory;
import dev.remit.core.target.Reading;
import dev.remit.core.target.TargetRecord;
import dev.remit.core.target.TargetRef;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** {@link Inventory} in memory; owners become tenants through the tenants' external identifiers. */
final class InMemoryInventory implements Inventory {
  private final MemoryState state;

  InMemoryInventory(MemoryState state) {
    this.state = state;
  }

  @Override
  public Resolution resolve(TargetRef ref, Duration seenWithin, Instant at) {
    return state.read(() -> {
      var seen = state.records.getOrDefault(ref, List.of());
      var records = seen.stream().flatMap(s -> recordsOf(s).stream()).toList();
      if (records.isEmpty()) {
        return new Unknown();
      }
      if (records.size() > 1 || seen.size() > 1) {
        return new Ambiguous("more than one owner is named for " + ref);
      }
      var record = records.getFirst();
      return record.isSeenWithin(seenWithin, at) ? new Proven(record) : new Stale(record);
    });
  }

  private List<TargetRecord> recordsOf(MemoryState.Seen seen) {
    var reading = seen.reading();
    return state.tenants.values().stream()
        .filter(owns(reading))
        .map(tenant ->
            new TargetRecord(
                reading.ref(),
                tenant.id(),
                reading.attributes(),
                reading.binding(),
                reading.version(),
                seen.at()))
        .toList();
  }

  private static Predicate<Tenant> owns(Reading reading) {
    var connector = reading.ref().connector().value();
    return tenant -> reading.owner().equals(tenant.externalIds().get(connector));
  }

  @Override
  public List<TargetRef> select(
      TenantId tenant, ConnectorId connector, String kind, Map<String, String> wanted, Instant at) {
    return state.read(() ->
        state.records.entrySet().stream()
            .filter(entry -> entry.getKey().connector().equals(connector))
            .filter(entry -> entry.getKey().kind().equals(kind))
            .filter(entry -> entry.getValue().size() == 1)
            .flatMap(entry -> recordsOf(entry.getValue().getFirst()).stream())
            .filter(record -> record.tenant().equals(tenant))
            .filter(record -> Inventory.hasAll(record.attributes(), wanted))
            .map(TargetRecord::ref)
            .sorted(Comparator.comparing(TargetRef::id))
            .toList());
  }

  @Override
  public void replace(ConnectorId connector, String kind, List<Reading> readings, Instant seenAt) {
    state.change(() -> {
      state
          .records
          .keySet()
          .removeIf(ref -> ref.connector().equals(connector) && ref.kind().equals(kind));
      readings.forEach(reading ->
          state
              .records
              .computeIfAbsent(reading.ref(), ref -> new ArrayList<>())
              .add(new MemoryState.Seen(reading, seenAt)));
    });
  }

  @Override
  public void update(Reading reading, Instant seenAt) {
    state.change(() ->
        state.records.put(
            reading.ref(), new ArrayList<>(List.of(new MemoryState.Seen(reading, seenAt)))));
  }
}
