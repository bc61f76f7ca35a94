package dev.remit.server.sink;

import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Journal;
import dev.remit.core.evidence.SinkCursors;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.evidence.OcsfStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Logs of tenants and how far sinks have got in them; it outlives the sinks as a database does. */
final class MemoryLog implements SinkCursors {

  static final TenantId HARBOR = new TenantId("harbor-dental");
  static final TenantId NORTH = new TenantId("north-legal");
  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final Map<TenantId, List<Journal.Stored>> logs = new HashMap<>();
  private final Map<String, Long> cursors = new HashMap<>();
  volatile boolean isOurTurn = true;
  volatile boolean isAway;

  private List<Journal.Stored> log(TenantId tenant) {
    return logs.computeIfAbsent(tenant, t -> new ArrayList<>());
  }

  /** Calls with their outcomes, one after the other. */
  synchronized void append(TenantId tenant, int entries) {
    for (int i = 0; i < entries; i++) {
      long index = log(tenant).size();
      boolean isIntent = index % 2 == 0;
      var entry =
          new Entry(
              tenant + "-" + index,
              tenant,
              isIntent ? Entry.Kind.INTENT : Entry.Kind.OUTCOME,
              Optional.of("call-" + index / 2),
              Optional.empty(),
              NOW.plusMillis(index),
              isIntent
                  ? Value.object("agent", "spiffe://msp/agent", "tool", "rmm_restart_service")
                  : Value.object("outcome", "succeeded"),
              Value.Obj.EMPTY,
              "00112233445566778899aabbccddeeff");
      log(tenant)
          .add(new Journal.Stored(Optional.of(index), entry.leaf(), entry.salt(), entry.body()));
    }
  }

  /** An entry that nobody can read. */
  synchronized void appendBroken(TenantId tenant) {
    long index = log(tenant).size();
    log(tenant).add(new Journal.Stored(Optional.of(index), "{\"broken", "", Value.Obj.EMPTY));
  }

  OcsfStream events() {
    return new OcsfStream("lab", this::read);
  }

  private synchronized List<Journal.Stored> read(Journal.Query query) {
    var call = query.call().map(id -> "\"call\":\"" + id + "\"").orElse("");
    return log(query.tenant()).stream()
        .filter(stored -> stored.index().orElseThrow() >= query.fromIndex())
        .filter(stored -> stored.leaf().contains(call))
        .limit(query.limit())
        .toList();
  }

  @Override
  public synchronized List<Work> work(String sink, Set<TenantId> tenants) {
    if (isAway) {
      throw new IllegalStateException("the database is away");
    }
    var work = new ArrayList<Work>();
    for (var tenant : List.of(HARBOR, NORTH)) {
      long next = next(sink, tenant);
      if (log(tenant).size() > next && (tenants.isEmpty() || tenants.contains(tenant))) {
        work.add(new Work(tenant, next, log(tenant).size(), NOW.plusMillis(next)));
      }
    }
    return work;
  }

  synchronized long next(String sink, TenantId tenant) {
    return cursors.getOrDefault(sink + " " + tenant, 0L);
  }

  @Override
  public synchronized boolean advance(
      String sink, TenantId tenant, long from, long to, Instant at) {
    if (isAway) {
      throw new IllegalStateException("the database is away");
    }
    if (next(sink, tenant) != from) {
      return false;
    }
    cursors.put(sink + " " + tenant, to);
    return true;
  }

  @Override
  public boolean isOurTurn() {
    return isOurTurn;
  }
}
