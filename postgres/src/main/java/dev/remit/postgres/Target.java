package dev.remit.postgres;

import dev.remit.core.target.Reading;
import dev.remit.core.target.TargetRecord;
import dev.remit.core.target.TargetRef;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A record as stored: with its owner instead of a tenant.
 *
 * @param isAmbiguous whether one reading named it twice with different content
 */
record Target(
    String owner,
    boolean isAmbiguous,
    String version,
    Value.Obj attributes,
    Set<String> binding,
    Instant seenAt) {

  static Target of(Reading reading, Instant seenAt) {
    return new Target(
        reading.owner(), false, reading.version(), reading.attributes(), reading.binding(), seenAt);
  }

  static Target read(Row row) throws SQLException {
    return new Target(
        row.text("owner"),
        row.claim("is_ambiguous"),
        row.text("version"),
        row.json("attributes"),
        Json.parse(row.text("binding")) instanceof Value.Array(var names)
            ? names.stream().map(TaskForm::text).collect(Collectors.toSet())
            : Set.of(),
        row.at("seen_at"));
  }

  /** Two readings of one identifier: ambiguous, whatever they say. */
  static Target conflicting(Target one, Target other) {
    return new Target(
        one.owner(), true, other.version(), other.attributes(), other.binding(), other.seenAt());
  }

  /** Whether this says the same and is not much older. */
  boolean isAsGoodAs(Target fresh, Duration age) {
    return !isAmbiguous
        && owner.equals(fresh.owner)
        && version.equals(fresh.version)
        && attributes.equals(fresh.attributes)
        && binding.equals(fresh.binding)
        && seenAt.plus(age).isAfter(fresh.seenAt);
  }

  TargetRecord record(TargetRef ref, TenantId tenant) {
    return new TargetRecord(ref, tenant, attributes, binding, version, seenAt);
  }
}
