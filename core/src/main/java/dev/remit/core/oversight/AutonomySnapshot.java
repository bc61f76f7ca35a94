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

/**
 * The stored levels as of at most a second ago. While they cannot be read, everything is {@link
 * AutonomyLevel#PROPOSE}.
 *
 * <p>INVARIANT: no level is older than what the logs told when the process began, nor than one that
 * it has seen: a row that was set back or taken away counts as forged.
 */
public final class AutonomySnapshot implements AutonomyLevels {

  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

  /** A database that is back must not have people asked for what needs nobody. */
  private static final long FAILED_NANOS = Duration.ofMillis(100).toNanos();

  private final OversightLedger ledger;
  private final LongSupplier nanos;
  private final Map<AutonomyScope, Long> newest = new HashMap<>(); // guarded by this
  private boolean isLogRead; // guarded by this
  private volatile Optional<Taken> taken = Optional.empty();

  /** What was read, and when; empty levels while they could not be read. */
  private record Taken(Optional<Levels> levels, long at) {}

  /**
   * All levels at one moment.
   *
   * @param standings what counts, by scope
   * @param rows the revision that each row has, whether it counts or not
   */
  record Levels(Map<AutonomyScope, Standing> standings, Map<AutonomyScope, Long> rows) {
    Levels {
      standings = Map.copyOf(standings);
      rows = Map.copyOf(rows);
    }
  }

  /** Reads levels here; {@code nanos} is a clock that does not go back. */
  public AutonomySnapshot(OversightLedger ledger, LongSupplier nanos) {
    this.ledger = ledger;
    this.nanos = nanos;
  }

  @Override
  public AutonomyLevel inForce(AgentClass agentClass, TenantId tenant, String taskClass) {
    var range = agentClass.autonomy().in(taskClass);
    if (agentClass.id().equals(AgentClassId.PERSON)) {
      return range.start();
    }
    var levels = fresh().levels();
    if (levels.isEmpty()) {
      return AutonomyLevel.PROPOSE;
    }
    var standing =
        levels.get().standings().get(new AutonomyScope(tenant, agentClass.id(), taskClass));
    return standing == null ? range.start() : AutonomyLevel.min(standing.level(), range.upTo());
  }

  /** The stored level, if the scope ever changed. */
  public Optional<Standing> standing(AutonomyScope scope) {
    return fresh().levels().flatMap(now -> Optional.ofNullable(now.standings().get(scope)));
  }

  /** Reads again: to be run on time, and after a change of one's own. Never throws. */
  public synchronized void refresh() {
    try {
      var _ = now();
    } catch (RuntimeException e) {
      // The database is away: it is asked again soon, and nothing goes alone meanwhile.
      taken = Optional.of(new Taken(Optional.empty(), nanos.getAsLong()));
    }
  }

  /** All levels as they are at this moment; throws when they cannot be read. */
  synchronized Levels now() {
    if (!isLogRead) {
      ledger.told().forEach((scope, revision) -> newest.merge(scope, revision, Math::max));
      isLogRead = true;
    }
    var levels = checked(ledger.standings());
    taken = Optional.of(new Taken(Optional.of(levels), nanos.getAsLong()));
    return levels;
  }

  private Taken fresh() {
    var known = taken;
    return known.filter(this::isFresh).orElseGet(this::refreshed);
  }

  private synchronized Taken refreshed() {
    if (taken.filter(this::isFresh).isEmpty()) {
      refresh();
    }
    return taken.orElseThrow();
  }

  private boolean isFresh(Taken known) {
    long holds = known.levels().isPresent() ? FRESH_NANOS : FAILED_NANOS;
    return nanos.getAsLong() - known.at() < holds;
  }

  private Levels checked(List<Standing> rows) {
    var standings = new HashMap<AutonomyScope, Standing>();
    var revisions = new HashMap<AutonomyScope, Long>();
    for (var row : rows) {
      standings.put(row.scope(), row);
      revisions.put(row.scope(), row.revision());
    }
    newest.forEach((scope, revision) -> {
      if (revisions.getOrDefault(scope, 0L) < revision) {
        standings.put(scope, Standing.unreadable(scope, revision));
      }
    });
    standings.forEach((scope, standing) -> newest.merge(scope, standing.revision(), Math::max));
    return new Levels(standings, revisions);
  }
}
