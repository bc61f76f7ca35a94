package dev.remit.core.target;

import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the system of record says of one target: a proven fact.
 *
 * @param tenant derived from the record's own owner field through the tenants' external identifiers
 * @param attributes what policy may read
 * @param binding names of the attributes that an approval is bound to
 * @param version the system's version of the record, or a digest of it
 * @param seenAt when it was read
 */
public record TargetRecord(
    TargetRef ref,
    TenantId tenant,
    Value.Obj attributes,
    Set<String> binding,
    String version,
    Instant seenAt) {

  public TargetRecord {
    binding = Set.copyOf(binding);
  }

  /** Whether it was read so lately; a record is never believed for longer than was asked. */
  public boolean isSeenWithin(Duration age, Instant at) {
    return !seenAt.plus(age).isBefore(at);
  }

  /** The tenant and the binding attributes: what must still hold when the effect is sent. */
  public Value.Obj boundFacts() {
    var facts = new TreeMap<String, Value>();
    binding.forEach(name -> attributes.get(name).ifPresent(value -> facts.put(name, value)));
    facts.put("tenant", Value.of(tenant.value()));
    return new Value.Obj(facts);
  }
}
