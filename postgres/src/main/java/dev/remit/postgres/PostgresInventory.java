package dev.remit.postgres;

import dev.remit.core.target.ConnectorId;
import dev.remit.core.target.Inventory;
import dev.remit.core.target.Reading;
import dev.remit.core.target.TargetRef;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * {@link Inventory} in PostgreSQL with a snapshot of each kind in memory.
 *
 * <p>A kind is always held whole, so finding a target is the same look-up whether it is ours, of
 * another tenant or unknown. A snapshot is asked for news at most every {@code recheckEvery}, and
 * after {@link #recheck}; it may be that old, which is harmless: admission compares versions and
 * tenants with the database again.
 *
 * <p>A record's tenant follows from its owner and the tenants of the active version. It is stored
 * beside the record for admission to compare, and derived again when those tenants change.
 */
public final class PostgresInventory implements Inventory {

  /** A reading that says what is known already is written at most this often. */
  private static final Duration REWRITE_AFTER = Duration.ofMinutes(1);

  private final Database database;
  private final Supplier<Map<TenantId, Tenant>> tenants;
  private final Duration recheckEvery;
  private final Map<KindKey, KindSnapshot> snapshots = new ConcurrentHashMap<>();
  private final AtomicReference<Owners> owners = new AtomicReference<>(Owners.NONE);

  /**
   * An inventory over this pool.
   *
   * @param tenants the tenants of the active version; another map when the version changes
   */
  public PostgresInventory(
      Database database, Supplier<Map<TenantId, Tenant>> tenants, Duration recheckEvery) {
    this.database = database;
    this.tenants = tenants;
    this.recheckEvery = recheckEvery;
  }

  @Override
  public Resolution resolve(TargetRef ref, Duration seenWithin, Instant at) {
    var current = owners();
    var stored = snapshot(ref).find(ref.id(), at);
    if (stored.isEmpty()) {
      return new Unknown();
    }
    var target = stored.get();
    if (target.isAmbiguous()) {
      return new Ambiguous("more than one reading names `" + ref.text() + "`");
    }
    var claimants = current.claimants(ref.connector(), target.owner());
    if (claimants.size() > 1) {
      return new Ambiguous("more than one tenant owns `" + ref.text() + "`");
    }
    if (claimants.isEmpty()) {
      return new Unknown();
    }
    var record = target.record(ref, claimants.getFirst());
    return target.seenAt().plus(seenWithin).isBefore(at) ? new Stale(record) : new Proven(record);
  }

  @Override
  public List<TargetRef> select(
      TenantId tenant, ConnectorId connector, String kind, Map<String, String> wanted, Instant at) {
    var current = owners();
    return snapshots
        .computeIfAbsent(new KindKey(connector, kind), this::newSnapshot)
        .select(
            target -> {
              var claimants = current.claimants(connector, target.owner());
              return !target.isAmbiguous()
                  && claimants.equals(List.of(tenant))
                  && Inventory.hasAll(target.attributes(), wanted);
            },
            at)
        .stream()
        .map(id -> new TargetRef(connector, kind, id))
        .toList();
  }

  @Override
  public void replace(ConnectorId connector, String kind, List<Reading> readings, Instant seenAt) {
    var byId = new LinkedHashMap<String, Target>();
    for (var reading : readings) {
      byId.merge(reading.ref().id(), Target.of(reading, seenAt), Target::conflicting);
    }
    put(connector, kind, byId, seenAt, true);
  }

  @Override
  public void update(Reading reading, Instant seenAt) {
    var ref = reading.ref();
    var fresh = Target.of(reading, seenAt);
    var known = snapshot(ref).find(ref.id(), seenAt);
    if (known.filter(target -> target.isAsGoodAs(fresh, REWRITE_AFTER)).isEmpty()) {
      put(ref.connector(), ref.kind(), Map.of(ref.id(), fresh), seenAt, false);
    }
  }

  /** Has the target's kind ask the database for news at its next use. */
  public void recheck(TargetRef ref) {
    snapshot(ref).recheck();
  }

  private void put(
      ConnectorId connector,
      String kind,
      Map<String, Target> byId,
      Instant seenAt,
      boolean isComplete) {
    var current = owners();
    var ids = List.copyOf(byId.keySet());
    var targets = ids.stream().map(byId::get).toList();
    database.rows(
        "select remit.put_targets(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)::text",
        params ->
            params
                .text(connector.value())
                .text(kind)
                .texts(targets.stream().map(t -> current.tenant(connector, t).value()).toList())
                .texts(ids)
                .texts(targets.stream().map(Target::owner).toList())
                .array("bool", targets.stream().map(Target::isAmbiguous).toArray(Boolean[]::new))
                .texts(targets.stream().map(Target::version).toList())
                .texts(targets.stream().map(t -> CanonicalJson.text(t.attributes())).toList())
                .texts(targets.stream().map(PostgresInventory::binding).toList())
                .at(seenAt)
                .claim(isComplete),
        row -> true);
    snapshots.computeIfAbsent(new KindKey(connector, kind), this::newSnapshot).recheck();
  }

  private static String binding(Target target) {
    return CanonicalJson.text(Value.texts(target.binding().stream().sorted().toList()));
  }

  private KindSnapshot snapshot(TargetRef ref) {
    return snapshots.computeIfAbsent(new KindKey(ref.connector(), ref.kind()), this::newSnapshot);
  }

  private KindSnapshot newSnapshot(KindKey key) {
    return new KindSnapshot(database, key, recheckEvery);
  }

  private Owners owners() {
    var now = tenants.get();
    var known = owners.get();
    if (known.isOf(now)) {
      return known;
    }
    var fresh = Owners.of(now);
    for (var connector : fresh.connectors(known)) {
      var claims = fresh.claimsAt(connector);
      database.rows(
          "select remit.assign_targets(?, ?, ?)::text",
          params ->
              params
                  .text(connector)
                  .texts(claims.stream().map(claim -> claim.tenant().value()).toList())
                  .texts(claims.stream().map(Owners.Claim::owner).toList()),
          row -> true);
    }
    owners.compareAndSet(known, fresh);
    snapshots.values().forEach(KindSnapshot::recheck);
    return fresh;
  }

  /** Which kind of which connector. */
  record KindKey(ConnectorId connector, String kind) {}
}
