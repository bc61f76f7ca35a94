package dev.remit.bench.log;

import dev.remit.core.evidence.Entry;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Entries of the size and shape of a refused call. */
final class Entries {

  private static final Instant AT = Instant.parse("2026-03-02T10:00:30.123456Z");
  private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);
  private static final String SALT = "00112233445566778899aabbccddeeff";

  private final AtomicLong next = new AtomicLong();

  private static final Value.Obj FIELDS =
      Value.object(
          "agent",
          "service-desk/harbor-dental/production/change",
          "instance",
          "instance-7f3a",
          "taskClass",
          "restart-workstation",
          "ticket",
          "PSA-10422",
          "tool",
          "rmm.restart_device",
          "effect",
          "change",
          "pin",
          DIGEST,
          "connector",
          "rmm",
          "digest",
          DIGEST,
          "arguments",
          DIGEST,
          "targets",
          List.of(Value.object("ref", "rmm/device/17", "tenant", "harbor-dental", "version", "9")),
          "reason",
          "outside-window",
          "version",
          DIGEST);

  private static final Value.Obj BODY =
      Value.object(
          "arguments",
          Value.object("device", "17", "reason", "the printer does not answer"),
          "records",
          List.of(
              Value.object(
                  "ref",
                  "rmm/device/17",
                  "role",
                  "workstation",
                  "name",
                  "FRONT-DESK-03",
                  "seenAt",
                  "2026-03-02T10:00:28Z",
                  "source",
                  "rmm")));

  Entry next(TenantId tenant) {
    return entry(tenant, "e-" + next.incrementAndGet());
  }

  static Entry entry(TenantId tenant, String id) {
    return new Entry(
        id,
        tenant,
        Entry.Kind.REFUSAL,
        Optional.of("call-" + id),
        Optional.of("task-1"),
        AT,
        FIELDS,
        BODY,
        SALT);
  }

  /** Bytes of one entry as it is stored. */
  static int bytes() {
    var entry = entry(new TenantId("tenant-1"), "e-1000000");
    return entry.leaf().length() + CanonicalJson.text(entry.body()).length() + SALT.length();
  }
}
