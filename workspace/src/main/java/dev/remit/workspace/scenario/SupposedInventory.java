package dev.remit.workspace.scenario;

import dev.remit.core.release.Release;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.target.Inventory;
import dev.remit.core.target.Reading;
import dev.remit.core.target.TargetRecord;
import dev.remit.core.target.TargetRef;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An inventory of the records that a case supposes; it is only asked. */
final class SupposedInventory implements Inventory {
  private final Release release;
  private final Map<TargetRef, Given.OfRecord> records;
  private final Instant at;

  SupposedInventory(Release release, Map<TargetRef, Given.OfRecord> records, Instant at) {
    this.release = release;
    this.records = records;
    this.at = at;
  }

  @Override
  public Resolution resolve(TargetRef ref, Duration seenWithin, Instant now) {
    var supposed = records.get(ref);
    if (supposed == null || supposed.tenants().isEmpty()) {
      return new Unknown();
    }
    if (supposed.tenants().size() > 1) {
      return new Ambiguous("more than one tenant claims it");
    }
    var record =
        new TargetRecord(
            ref,
            supposed.tenants().getFirst(),
            supposed.attributes(),
            binding(ref),
            "1",
            at.minus(supposed.seen()));
    return record.isSeenWithin(seenWithin, now) ? new Proven(record) : new Stale(record);
  }

  @Override
  public List<TargetRef> select(
      TenantId tenant,
      ConnectorId connector,
      String kind,
      Map<String, String> wanted,
      Instant now) {
    return records.keySet().stream()
        .filter(ref -> ref.connector().equals(connector) && ref.kind().equals(kind))
        .sorted(Comparator.comparing(TargetRef::id))
        .flatMap(ref -> owned(ref, tenant).stream())
        .filter(record -> Inventory.hasAll(record.attributes(), wanted))
        .map(TargetRecord::ref)
        .toList();
  }

  private Optional<TargetRecord> owned(TargetRef ref, TenantId tenant) {
    var known =
        switch (resolve(ref, Duration.ZERO, at)) {
          case Proven(TargetRecord record) -> Optional.of(record);
          case Stale(TargetRecord record) -> Optional.of(record);
          case Unknown ignored -> Optional.<TargetRecord>empty();
          case Ambiguous ignored -> Optional.<TargetRecord>empty();
        };
    return known.filter(record -> record.tenant().equals(tenant));
  }

  /** The attributes that the connector's file marks as binding. */
  private Set<String> binding(TargetRef ref) {
    var spec = release.connectors().get(ref.connector());
    return spec == null
        ? Set.of()
        : spec.settings()
            .object("inventory")
            .flatMap(inventory -> inventory.object(ref.kind()))
            .map(record -> texts(record.items("binding")))
            .orElse(Set.of());
  }

  private static Set<String> texts(List<Value> items) {
    return items.stream()
        .flatMap(item -> item instanceof Value.Text(String text) ? Stream.of(text) : Stream.of())
        .collect(Collectors.toSet());
  }

  @Override
  public void replace(ConnectorId connector, String kind, List<Reading> readings, Instant seenAt) {
    throw new IllegalStateException("a supposed inventory is only asked");
  }

  @Override
  public void update(Reading reading, Instant seenAt) {
    throw new IllegalStateException("a supposed inventory is only asked");
  }
}
