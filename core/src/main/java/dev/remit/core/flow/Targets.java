package dev.remit.core.flow;

import dev.remit.core.call.Tool;
import dev.remit.core.call.Tool.TargetArgument;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.release.Release;
import dev.remit.core.target.Inventory;
import dev.remit.core.target.Reading;
import dev.remit.core.target.TargetRecord;
import dev.remit.core.target.TargetRef;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Binds arguments that name targets to records whose tenant is proven, and compares records read
 * again.
 *
 * <p>All targets are looked up before the first objection is told, so that a foreign, an unknown
 * and a stale target cost the same.
 */
final class Targets {

  private final Inventory inventory;

  Targets(Inventory inventory) {
    this.inventory = inventory;
  }

  /** Records of all targets, or why not. */
  sealed interface Bound {}

  /** Every target is proven to be the tenant's. */
  record Records(List<TargetRecord> records) implements Bound {}

  /** At least one is not; {@code refs} are recorded, not told. */
  record Objection(ReasonCode reason, List<TargetRef> refs) implements Bound {}

  /** The targets that the arguments name, in the order of the tool's declaration. */
  static List<TargetRef> named(Tool tool, Value.Obj arguments) {
    var refs = new ArrayList<TargetRef>();
    for (TargetArgument argument : tool.targets()) {
      arguments.get(argument.argument()).ifPresent(value -> add(argument, value, refs));
    }
    if (refs.isEmpty() && !tool.targets().isEmpty()) {
      refs.add(nothing(tool.targets().getFirst()));
    }
    return refs;
  }

  private static void add(TargetArgument argument, Value value, List<TargetRef> refs) {
    switch (value) {
      case Value.Text(String id) ->
          refs.add(new TargetRef(argument.connector(), argument.kind(), id));
      case Value.Int(long id) ->
          refs.add(new TargetRef(argument.connector(), argument.kind(), Long.toString(id)));
      case Value.Array(List<Value> items) -> items.forEach(item -> add(argument, item, refs));
      case Value.Null ignored -> {}
      case Value.Bool ignored -> refs.add(nothing(argument));
      case Value.Real ignored -> refs.add(nothing(argument));
      case Value.Obj ignored -> refs.add(nothing(argument));
    }
  }

  /**
   * A value that cannot name anything, an empty list and a left-out argument resolve to nothing,
   * never to no target at all.
   */
  private static TargetRef nothing(TargetArgument argument) {
    return new TargetRef(argument.connector(), argument.kind(), "");
  }

  /** Looks all of them up for this tenant; an inventory that is away proves nothing. */
  Bound bind(List<TargetRef> refs, TenantId tenant, Duration seenWithin, Instant at) {
    try {
      return lookUp(refs, tenant, seenWithin, at);
    } catch (RuntimeException e) {
      return new Objection(ReasonCode.INVENTORY_UNAVAILABLE, refs);
    }
  }

  private Bound lookUp(List<TargetRef> refs, TenantId tenant, Duration seenWithin, Instant at) {
    var records = new ArrayList<TargetRecord>();
    Optional<ReasonCode> objection = Optional.empty();
    for (TargetRef ref : refs) {
      ReasonCode reason =
          switch (inventory.resolve(ref, seenWithin, at)) {
            case Inventory.Proven(TargetRecord record) -> {
              records.add(record);
              yield record.tenant().equals(tenant) ? null : ReasonCode.TENANT_MISMATCH;
            }
            case Inventory.Unknown() -> ReasonCode.TARGET_UNKNOWN;
            case Inventory.Stale ignored -> ReasonCode.TARGET_STALE;
            case Inventory.Ambiguous ignored -> ReasonCode.TARGET_AMBIGUOUS;
          };
      objection = objection.or(() -> Optional.ofNullable(reason));
    }
    return objection
        .<Bound>map(reason -> new Objection(reason, refs))
        .orElseGet(() -> new Records(records));
  }

  /**
   * Why a record read again no longer carries the decision; empty when its tenant and its binding
   * attributes are as they were decided on.
   */
  static Optional<ReasonCode> changed(
      Release release, TargetRecord decided, Optional<Reading> readAgain) {
    var moved = moved(release, decided, readAgain);
    return moved.isPresent()
        ? moved
        : readAgain
            .filter(reading -> !isAsDecided(decided, reading))
            .map(r -> ReasonCode.TARGET_STALE);
  }

  private static boolean isAsDecided(TargetRecord decided, Reading reading) {
    var now =
        new TargetRecord(
            reading.ref(),
            decided.tenant(),
            reading.attributes(),
            decided.binding(),
            reading.version(),
            decided.seenAt());
    return now.boundFacts().equals(decided.boundFacts());
  }

  /**
   * Why a record read again is not the tenant's; empty when it is. After an effect only this
   * counts: the effect may have been to change the other attributes.
   */
  static Optional<ReasonCode> moved(
      Release release, TargetRecord decided, Optional<Reading> readAgain) {
    if (readAgain.isEmpty()) {
      return Optional.of(ReasonCode.TARGET_UNKNOWN);
    }
    var reading = readAgain.get();
    var tenant = release.tenantOf(decided.ref().connector(), reading.owner());
    if (tenant.isEmpty()) {
      return Optional.of(ReasonCode.TENANT_UNKNOWN);
    }
    boolean isSame = reading.ref().equals(decided.ref()) && tenant.get().equals(decided.tenant());
    return isSame ? Optional.empty() : Optional.of(ReasonCode.TENANT_MISMATCH);
  }
}
