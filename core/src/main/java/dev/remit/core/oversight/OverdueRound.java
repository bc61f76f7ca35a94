package dev.remit.core.oversight;

import dev.remit.core.release.Release;
import dev.remit.core.release.Releases;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** Lowers the autonomy of what nobody looked at in time, once for each item. */
public final class OverdueRound {

  private static final int ITEMS = 500;
  private static final int NAMED = 50;

  private final OversightPorts ports;
  private final Releases releases;
  private final InstantSource clock;
  private final EntryMaker entries;

  /** Works on these. */
  public OverdueRound(
      OversightPorts ports, Releases releases, InstantSource clock, EntryMaker entries) {
    this.ports = ports;
    this.releases = releases;
    this.clock = clock;
    this.entries = entries;
  }

  /**
   * Counts what is overdue by now; throws when a store is away, and then runs again later. A set
   * that cannot be counted keeps no other from being counted.
   */
  public void round() {
    var release = releases.active().release();
    var now = clock.instant();
    var late = ports.ledger().overdue(now.minus(release.oversight().demoteAfter()), ITEMS);
    if (late.isEmpty()) {
      return;
    }
    var sets =
        late.stream()
            .collect(Collectors.groupingBy(Item::scope, LinkedHashMap::new, Collectors.toList()));
    var each = new EachAlone();
    sets.forEach((scope, items) -> each.run(() -> lower(scope, items, release, now)));
    ports.levels().refresh();
    each.tell();
  }

  private void lower(AutonomyScope scope, List<Item> items, Release release, Instant now) {
    var ladder = new Ladder(ports.levels().now(), release, entries, now);
    ladder.lower(scope, ladder.at(scope).lowered(), "overdue", about(items));
    ports.ledger().count(items, ladder.changes());
  }

  private static Value.Obj about(List<Item> items) {
    return Value.object(
        "overdue",
        items.size(),
        "calls",
        Value.texts(items.stream().limit(NAMED).map(item -> item.call().value()).toList()));
  }
}
