package dev.remit.postgres;

import dev.remit.core.target.ConnectorId;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which tenants claim which owner at which connector, by the tenants of one version. More than one
 * claim is kept, so that it shows as ambiguous instead of as a guess.
 *
 * @param source the very map it was made of, to notice another one
 */
record Owners(Map<TenantId, Tenant> source, Map<External, List<TenantId>> claims) {

  static final Owners NONE = new Owners(Map.of(), Map.of());

  /** An owner's own identifier at a connector. */
  record External(String connector, String owner) {}

  /** One claim. */
  record Claim(TenantId tenant, String owner) {}

  static Owners of(Map<TenantId, Tenant> tenants) {
    var claims = new HashMap<External, List<TenantId>>();
    for (var tenant : tenants.values()) {
      for (var external : tenant.externalIds().entrySet()) {
        claims.merge(
            new External(external.getKey(), external.getValue()),
            List.of(tenant.id()),
            (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
      }
    }
    return new Owners(tenants, Map.copyOf(claims));
  }

  /** Whether it was made of exactly this map. */
  @SuppressWarnings("ReferenceEquality") // asked for every call: another version is another map
  boolean isOf(Map<TenantId, Tenant> tenants) {
    return source == tenants;
  }

  /** The tenants that claim this owner. */
  List<TenantId> claimants(ConnectorId connector, String owner) {
    return claims.getOrDefault(new External(connector.value(), owner), List.of());
  }

  /** The tenant to store beside a target: the operator's where none is proven. */
  TenantId tenant(ConnectorId connector, Target target) {
    var claimants =
        target.isAmbiguous() ? List.<TenantId>of() : claimants(connector, target.owner());
    return claimants.size() == 1 ? claimants.getFirst() : TenantId.OPERATOR;
  }

  /** Connectors that either of both speaks of. */
  Set<String> connectors(Owners other) {
    var names = new TreeSet<String>();
    claims.keySet().forEach(external -> names.add(external.connector()));
    other.claims.keySet().forEach(external -> names.add(external.connector()));
    return names;
  }

  /** All claims at one connector. */
  List<Claim> claimsAt(String connector) {
    return claims.entrySet().stream()
        .filter(entry -> entry.getKey().connector().equals(connector))
        .flatMap(
            entry -> entry.getValue().stream().map(id -> new Claim(id, entry.getKey().owner())))
        .toList();
  }
}
