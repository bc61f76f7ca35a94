package dev.remit.evidence;

import dev.remit.core.evidence.Journal;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The events of a tenant's log page by page, as {@link Ocsf} maps them, for sinks that follow it.
 *
 * <p>A page maps the same whenever and wherever it is read: what an outcome needs of its intent is
 * read from the log, not remembered. An entry that cannot be read becomes a Base Event that says
 * so: it never stops what comes after it.
 */
public final class OcsfStream {

  private static final int LIMIT_CALL = 1_000;
  private static final Set<String> NEEDS_INTENT = Set.of("outcome", "resolution");

  private final Function<Journal.Query, List<Journal.Stored>> trail;
  private final String installation;

  /**
   * A stream.
   *
   * @param installation the log's origins are {@code remit/<installation>/<tenant>}
   * @param trail reads entries as {@link Journal#read} does
   */
  public OcsfStream(String installation, Function<Journal.Query, List<Journal.Stored>> trail) {
    this.installation = installation;
    this.trail = trail;
  }

  /**
   * One entry as an event.
   *
   * @param index of its leaf
   * @param leaf the entry's leaf; empty where it cannot be read
   */
  public record Event(long index, Value.Obj leaf, Value.Obj ocsf) {

    /** A member of the leaf. */
    public Optional<String> text(String member) {
      return leaf.text(member);
    }
  }

  /** The name of a tenant's log. */
  public String origin(TenantId tenant) {
    return "remit/" + installation + "/" + tenant;
  }

  /** Up to {@code limit} events from this index on, of entries that are in the log. */
  public List<Event> page(TenantId tenant, long from, int limit) {
    var ocsf = new Ocsf(origin(tenant));
    var known = new HashSet<String>();
    var events = new ArrayList<Event>();
    for (var stored : trail.apply(query(tenant, from, limit, Optional.empty()))) {
      if (stored.index().isPresent()) {
        events.add(event(ocsf, tenant, stored, known));
      }
    }
    return events;
  }

  private Event event(Ocsf ocsf, TenantId tenant, Journal.Stored stored, Set<String> known) {
    long index = stored.index().orElseThrow();
    try {
      var leaf = Json.parseObject(stored.leaf());
      String call = leaf.text("call").orElse("");
      String kind = leaf.text("kind").orElse("");
      if (NEEDS_INTENT.contains(kind) && !known.contains(call)) {
        remind(ocsf, tenant, call, index);
      }
      if (!call.isEmpty()) {
        known.add(call);
      }
      return new Event(index, leaf, ocsf.event(leaf, Optional.of(index)));
    } catch (InvalidValueException e) {
      return new Event(index, Value.Obj.EMPTY, ocsf.unreadable(tenant.value(), index));
    }
  }

  /** Tells what was in the log of this call before the page began. */
  private void remind(Ocsf ocsf, TenantId tenant, String call, long before) {
    for (var earlier : trail.apply(query(tenant, 0, LIMIT_CALL, Optional.of(call)))) {
      if (earlier.index().filter(index -> index < before).isPresent()) {
        ocsf.remember(Json.parseObject(earlier.leaf()));
      }
    }
  }

  private static Journal.Query query(TenantId tenant, long from, int limit, Optional<String> call) {
    return new Journal.Query(tenant, from, limit, call, Optional.empty(), Optional.empty());
  }
}
