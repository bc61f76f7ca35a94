package dev.remit.testkit;

import dev.remit.core.evidence.Intent;
import dev.remit.core.evidence.LimitUse;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every use of every limit, kept for ever: what the database's counters come down to. */
final class MemoryUses {

  private record Key(Optional<TenantId> tenant, LimitUse.Form form, String key) {}

  private record Use(String member, Instant at) {}

  private final Map<Key, List<Use>> uses = new LinkedHashMap<>();

  boolean hold(Intent intent, List<LimitUse> limits) {
    return limits.stream().allMatch(limit -> holds(intent.tenant(), limit, intent.at()));
  }

  private boolean holds(TenantId tenant, LimitUse limit, Instant at) {
    var live =
        uses.getOrDefault(key(tenant, limit), List.of()).stream()
            .filter(use -> limit.counts(Duration.between(use.at(), at)))
            .toList();
    if (limit.isOfCalls()) {
      return limit.hasRoomAfter(live.size());
    }
    var members = new HashSet<>(limit.members());
    live.forEach(use -> members.add(use.member()));
    return limit.hasRoomFor(members.size());
  }

  void count(Intent intent, List<LimitUse> limits) {
    for (var limit : limits) {
      if (limit.isOfCalls()) {
        call(intent.tenant(), limit, intent.at());
      } else {
        limit.members().forEach(member -> add(intent.tenant(), limit, member, intent.at()));
      }
    }
  }

  void call(TenantId tenant, LimitUse limit, Instant at) {
    add(tenant, limit, "", at);
  }

  private void add(TenantId tenant, LimitUse limit, String member, Instant at) {
    uses.computeIfAbsent(key(tenant, limit), key -> new ArrayList<>()).add(new Use(member, at));
  }

  private static Key key(TenantId tenant, LimitUse limit) {
    boolean isOfTenant =
        limit.form() == LimitUse.Form.CALLS || limit.form() == LimitUse.Form.MEMBERS;
    return new Key(isOfTenant ? Optional.of(tenant) : Optional.empty(), limit.form(), limit.key());
  }
}
