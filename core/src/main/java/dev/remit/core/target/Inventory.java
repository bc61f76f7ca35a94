package dev.remit.core.target;

import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The stored records of all connectors, each with its proven tenant.
 *
 * <p>Promises: an answer is {@link Proven} only when exactly one tenant owns the record and it was
 * seen within the asked age; everything else is another answer, never a guess. Finding takes the
 * same work whatever the answer.
 */
public interface Inventory {

  /** What is known of this target as of this moment. */
  Resolution resolve(TargetRef ref, Duration seenWithin, Instant at);

  /**
   * The records of a tenant whose attributes have all of these texts, in the order of their
   * identifiers. Ambiguous records and those of others are never among them; stale ones are, and
   * {@link #resolve} tells.
   */
  List<TargetRef> select(
      TenantId tenant, ConnectorId connector, String kind, Map<String, String> wanted, Instant at);

  /**
   * Whether each of these attributes is there and has this text; numbers are as they are written.
   */
  static boolean hasAll(Value.Obj attributes, Map<String, String> wanted) {
    return wanted.entrySet().stream()
        .allMatch(one ->
            switch (attributes.get(one.getKey()).orElse(Value.Null.NULL)) {
              case Value.Text(String text) -> text.equals(one.getValue());
              case Value.Int(long number) -> Long.toString(number).equals(one.getValue());
              case Value.Bool(boolean claim) -> Boolean.toString(claim).equals(one.getValue());
              case Value.Null ignored -> false;
              case Value.Real ignored -> false;
              case Value.Array ignored -> false;
              case Value.Obj ignored -> false;
            });
  }

  /**
   * Replaces what one connector reported for one kind; records absent from the reading are removed.
   *
   * @throws RuntimeException when the store is away; then nothing has changed
   */
  void replace(ConnectorId connector, String kind, List<Reading> readings, Instant seenAt);

  /** Replaces a single record after it was read again. */
  void update(Reading reading, Instant seenAt);

  /** The answer to {@link #resolve}. */
  sealed interface Resolution {}

  /** Exactly one tenant owns it, on a reading young enough. */
  record Proven(TargetRecord record) implements Resolution {}

  /** No such record, or none whose tenant is known. */
  record Unknown() implements Resolution {}

  /** The last reading is older than asked. */
  record Stale(TargetRecord record) implements Resolution {}

  /** More than one tenant claims it. */
  record Ambiguous(String detail) implements Resolution {}
}
