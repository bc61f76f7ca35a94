package dev.remit.core.oversight;

import dev.remit.core.release.Releases;
import dev.remit.core.value.Value;
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

  /** Counts what is overdue by now; throws when a store is away, and then runs again later. */
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
    boolean isLowered = false;
    for (var set : sets.entrySet()) {
      var ladder = new Ladder(ports.levels().now(), release, entries, now);
      ladder.lower(
          set.getKey(), ladder.at(set.getKey()).lowered(), "overdue", about(set.getValue()));
      isLowered |= ports.ledger().count(set.getValue(), ladder.changes());
    }
    if (isLowered) {
      ports.levels().refresh();
    }
  }

  private static Value.Obj about(List<Item> items) {
    return Value.object(
        "overdue",
        items.size(),
        "calls",
        Value.texts(items.stream().limit(NAMED).map(item -> item.call().value()).toList()));
  }
}
