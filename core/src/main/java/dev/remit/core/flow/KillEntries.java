package dev.remit.core.flow;

import dev.remit.core.evidence.Entry;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.AgentId;
import dev.remit.core.kill.KillOrder;
import dev.remit.core.kill.KillScope;
import dev.remit.core.release.Release;
import dev.remit.core.release.Releases;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the logs say of stops. One that concerns one tenant stands in that tenant's log. Any other
 * stands in the operator's log with its reason, and in the log of each tenant that it touches
 * without: what somebody typed about one client is not told to another.
 */
final class KillEntries {

  private final Releases releases;
  private final Entries entries;

  KillEntries(Releases releases, Entries entries) {
    this.releases = releases;
    this.entries = entries;
  }

  KillOrder order(KillScope scope, KillOrder.Mode mode, String by, String reason, Instant at) {
    var fields = Value.object("scope", scope.text(), "by", by);
    var leaf = mode == KillOrder.Mode.HOLD ? fields.with("mode", Value.of(mode.text())) : fields;
    var entry = entries.of(Entry.Kind.KILL, tenantOf(scope), at, leaf, Words.body(reason));
    return new KillOrder(
        scope, mode, by, reason, at, entry, told(Entry.Kind.KILL, scope, leaf, at));
  }

  Entry lifted(KillScope scope, TenantId tenant, String reason, Instant at) {
    var leaf = Value.object("scope", scope.text());
    return entries.of(Entry.Kind.KILL_LIFTED, tenant, at, leaf, Words.body(reason));
  }

  /** For every tenant that may have been told of the stop. */
  List<Entry> liftedAt(KillScope scope, Instant at) {
    return told(Entry.Kind.KILL_LIFTED, scope, Value.object("scope", scope.text()), at);
  }

  private List<Entry> told(Entry.Kind kind, KillScope scope, Value.Obj leaf, Instant at) {
    return touched(scope).stream()
        .sorted(java.util.Comparator.comparing(TenantId::value))
        .map(tenant -> entries.of(kind, tenant, at, leaf, Value.Obj.EMPTY))
        .toList();
  }

  /** The log that a stop belongs to: the tenant's own where it concerns one tenant. */
  private static TenantId tenantOf(KillScope scope) {
    return switch (scope.kind()) {
      case TENANT -> new TenantId(scope.name());
      case AGENT -> AgentId.parse(scope.name()).tenant();
      case EVERYTHING, CLASS, INSTANCE, CONNECTOR -> TenantId.OPERATOR;
    };
  }

  private Set<TenantId> touched(KillScope scope) {
    Release release;
    try {
      release = releases.active().release();
    } catch (RuntimeException e) {
      return Set.of(); // without a version nothing runs that tenants could be told of
    }
    return switch (scope.kind()) {
      case TENANT, AGENT -> Set.of();
      case EVERYTHING, INSTANCE -> release.tenants().keySet();
      case CLASS -> ofClass(new AgentClassId(scope.name()), release);
      case CONNECTOR -> ofConnector(scope.name(), release);
    };
  }

  /** People's own work is of no class in the workspace, and may be at any tenant. */
  private static Set<TenantId> ofClass(AgentClassId id, Release release) {
    var known = release.agentClasses().get(id);
    return known == null
        ? release.tenants().keySet()
        : known.identities().stream()
            .map(identity -> identity.agent().tenant())
            .filter(release.tenants()::containsKey)
            .collect(Collectors.toSet());
  }

  private static Set<TenantId> ofConnector(String connector, Release release) {
    Collection<Tenant> all = release.tenants().values();
    var named =
        all.stream()
            .filter(tenant -> tenant.externalIds().containsKey(connector))
            .map(Tenant::id)
            .collect(Collectors.toSet());
    return named.isEmpty() ? release.tenants().keySet() : named;
  }
}
