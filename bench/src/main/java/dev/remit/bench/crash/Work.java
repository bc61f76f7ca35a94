package dev.remit.bench.crash;

import dev.remit.core.call.CallId;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Intent;
import dev.remit.core.evidence.Settlement;
import dev.remit.core.execution.Outcome;
import dev.remit.core.release.VersionId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What one run writes: made from its name alone, so that the parent knows every byte of it. */
record Work(String name) {

  static final TenantId TENANT = new TenantId("harbor-dental");
  static final VersionId VERSION = new VersionId("sha256:crash");
  static final String INSTALLATION = "crash";

  private static final Instant AT = Instant.parse("2026-03-02T10:00:30Z");
  private static final String SALT = "00112233445566778899aabbccddeeff";

  Intent intent() {
    return new Intent(
        new CallId(name),
        TENANT,
        Optional.empty(),
        List.of("everything", "tenant:" + TENANT),
        VERSION,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        AT,
        AT.plusSeconds(5),
        AT.plusSeconds(60),
        "replica-1",
        Optional.empty(),
        AT.minus(Duration.ofMinutes(10)),
        entry(Entry.Kind.INTENT, "intent-" + name, Optional.of(name)));
  }

  Settlement settlement() {
    return settlement("outcome-" + name);
  }

  /** What recovery says of an intent that was left behind. */
  Settlement recovered() {
    return settlement("recovered-" + name);
  }

  private Settlement settlement(String id) {
    return new Settlement(
        new CallId(name),
        TENANT,
        Outcome.UNKNOWN,
        Optional.empty(),
        Optional.empty(),
        AT.plusSeconds(1),
        entry(Entry.Kind.OUTCOME, id, Optional.of(name)));
  }

  Entry refusal() {
    return entry(Entry.Kind.REFUSAL, "refusal-" + name, Optional.empty());
  }

  static Entry activation() {
    return new Entry(
        "activation",
        TenantId.OPERATOR,
        Entry.Kind.POLICY_ACTIVATED,
        Optional.empty(),
        Optional.empty(),
        AT,
        Value.object("version", VERSION.value()),
        Value.Obj.EMPTY,
        SALT);
  }

  /** All that a run can be told to be durable. */
  List<Entry> entries() {
    return List.of(intent().entry(), settlement().entry(), refusal());
  }

  private static Entry entry(Entry.Kind kind, String id, Optional<String> call) {
    return new Entry(
        id,
        TENANT,
        kind,
        call,
        Optional.empty(),
        AT,
        Value.object("why", id),
        Value.object("fact", "of " + id),
        SALT);
  }
}
