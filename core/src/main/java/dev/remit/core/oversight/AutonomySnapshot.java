package dev.remit.core.oversight;

import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The stored levels as of at most a second ago. While they cannot be read, everything is {@link
 * AutonomyLevel#PROPOSE}.
 *
 * <p>INVARIANT: a stored level never goes back to an earlier revision, nor away, within the life of
 * a process: a row that was set back counts as forged.
 */
public final class AutonomySnapshot implements AutonomyLevels {

  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

  private final Supplier<List<Standing>> stored;
  private final LongSupplier nanos;
  private final Map<AutonomyScope, Long> revisions = new HashMap<>(); // guarded by this
  private volatile Taken taken = new Taken(Map.of(), false, 0, true);

  /** What was read, and when. */
  private record Taken(
      Map<AutonomyScope, Standing> standings, boolean isRead, long at, boolean isStale) {}

  /** Reads levels here; `nanos` is a clock that does not go back. */
  public AutonomySnapshot(Supplier<List<Standing>> stored, LongSupplier nanos) {
    this.stored = stored;
    this.nanos = nanos;
  }

  @Override
  public AutonomyLevel inForce(AgentClass agentClass, TenantId tenant, String taskClass) {
    var range = agentClass.autonomy().in(taskClass);
    if (agentClass.id().equals(AgentClassId.PERSON)) {
      return range.start();
    }
    var now = fresh();
    if (!now.isRead()) {
      return AutonomyLevel.PROPOSE;
    }
    var standing = now.standings().get(new AutonomyScope(tenant, agentClass.id(), taskClass));
    return standing == null ? range.start() : AutonomyLevel.min(standing.level(), range.upTo());
  }

  /** The stored level, if the scope ever changed. */
  public Optional<Standing> standing(AutonomyScope scope) {
    return Optional.ofNullable(fresh().standings().get(scope));
  }

  /** Reads again at once: to be run on time, and after a change of one's own. */
  public synchronized void refresh() {
    try {
      taken = new Taken(checked(stored.get()), true, nanos.getAsLong(), false);
    } catch (RuntimeException e) {
      // The database is away: it is asked again a second later, and nothing goes alone meanwhile.
      taken = new Taken(Map.of(), false, nanos.getAsLong(), false);
    }
  }

  private Taken fresh() {
    var now = taken;
    return isFresh(now) ? now : refreshed();
  }

  private synchronized Taken refreshed() {
    if (!isFresh(taken)) {
      refresh();
    }
    return taken;
  }

  private boolean isFresh(Taken now) {
    return !now.isStale() && nanos.getAsLong() - now.at() < FRESH_NANOS;
  }

  private Map<AutonomyScope, Standing> checked(List<Standing> read) {
    var standings = new HashMap<AutonomyScope, Standing>();
    read.forEach(standing -> standings.put(standing.scope(), standing));
    revisions.forEach((scope, revision) -> {
      var standing = standings.get(scope);
      if (standing == null || standing.revision() < revision) {
        standings.put(scope, Standing.unreadable(scope, revision));
      }
    });
    standings.forEach((scope, standing) -> revisions.merge(scope, standing.revision(), Math::max));
    return Map.copyOf(standings);
  }
}
