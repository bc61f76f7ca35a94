package dev.remit.server.sink;

import dev.remit.core.tenant.TenantId;
import dev.remit.evidence.OcsfStream.Event;
import java.util.List;

/**
 * Consecutive events of one tenant's log, at least one.
 *
 * @param origin the name of the log
 */
record Batch(TenantId tenant, String origin, List<Event> events) {

  Batch {
    events = List.copyOf(events);
  }

  long first() {
    return events.getFirst().index();
  }

  /** The index after the last one. */
  long next() {
    return events.getLast().index() + 1;
  }

  /** The same wherever and whenever it is sent again. */
  String id() {
    return origin + "/" + first() + "-" + next();
  }
}
