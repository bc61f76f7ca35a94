package dev.remit.core.register;

import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.Caller;
import dev.remit.core.release.Release;
import dev.remit.core.release.VersionId;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The register as it was read a second or two ago, held against the version in force.
 *
 * <p>It answers early and tells what the database cannot know: whether a version makes more of a
 * class than people launched. Whether a class is active is asked again by the statement that opens
 * its task or commits its intent.
 *
 * <p>INVARIANT: what is asked of a version was read after that version came into force here, so no
 * launch that preceded it is missed; no row is older than what the log told when the process began,
 * nor than one that it has seen.
 */
public final class Register {

  private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();

  private final RegisterLedger ledger;
  private final LongSupplier nanos;
  private final Map<AgentClassId, Long> newest = new HashMap<>(); // guarded by this
  private boolean isLogRead; // guarded by this
  private volatile Optional<Taken> taken = Optional.empty();

  /** What was read, when, and which classes may work under which version. */
  private record Taken(
      Map<AgentClassId, Registration> rows, VersionId version, Set<AgentClassId> active, long at) {
    Taken {
      rows = Map.copyOf(rows);
      active = Set.copyOf(active);
    }

    Taken at(long moment) {
      return new Taken(rows, version, active, moment);
    }
  }

  /** Reads here; {@code nanos} is a clock that does not go back. */
  public Register(RegisterLedger ledger, LongSupplier nanos) {
    this.ledger = ledger;
    this.nanos = nanos;
  }

  /**
   * Whether this caller may work under this version. People who work by themselves are not in the
   * register.
   *
   * @throws RuntimeException when it was never read under this version and cannot be read now
   */
  public boolean isActive(Release release, Caller.Worker caller) {
    return caller instanceof Caller.OfPerson || isActive(release, caller.id().agentClass());
  }

  /** Whether this class may work under this version. */
  public boolean isActive(Release release, AgentClassId agentClass) {
    return fresh(release).active().contains(agentClass);
  }

  /** The row of a class, as it is at this moment; throws when it cannot be read. */
  public Optional<Registration> now(Release release, AgentClassId agentClass) {
    return Optional.ofNullable(now(release).get(agentClass));
  }

  /** All rows as they are at this moment; throws when they cannot be read. */
  public synchronized Map<AgentClassId, Registration> now(Release release) {
    if (!isLogRead) {
      ledger.told().forEach((id, revision) -> newest.merge(id, revision, Math::max));
      isLogRead = true;
    }
    var rows = new HashMap<AgentClassId, Registration>();
    ledger.all().forEach(row -> rows.put(row.agentClass(), row));
    newest.forEach((id, revision) -> {
      var row = rows.get(id);
      if (row == null || row.revision() < revision) {
        rows.put(id, Registration.unreadable(id, revision));
      }
    });
    rows.forEach((id, row) -> newest.merge(id, row.revision(), Math::max));
    var active = new HashSet<AgentClassId>();
    for (var agentClass : release.agentClasses().values()) {
      var row = rows.get(agentClass.id());
      if (row != null && row.isActive(Boundaries.of(agentClass, release))) {
        active.add(agentClass.id());
      }
    }
    taken = Optional.of(new Taken(rows, release.version(), active, nanos.getAsLong()));
    return Map.copyOf(rows);
  }

  /** Reads again: to be run on time, so that no call has to. Never throws. */
  public void refresh(Release release) {
    try {
      var _ = now(release);
    } catch (RuntimeException e) {
      // The database is away: it is asked again by whoever needs it.
    }
  }

  private Taken fresh(Release release) {
    var known = taken;
    return known.filter(one -> isFresh(one, release)).orElseGet(() -> refreshed(release));
  }

  private synchronized Taken refreshed(Release release) {
    if (taken.filter(one -> isFresh(one, release)).isEmpty()) {
      try {
        var _ = now(release);
      } catch (RuntimeException e) {
        // The database is away and admits nothing; what was read under this version still serves.
        var known = taken.filter(one -> one.version().equals(release.version()));
        taken = Optional.of(known.orElseThrow(() -> e).at(nanos.getAsLong()));
      }
    }
    return taken.orElseThrow();
  }

  private boolean isFresh(Taken known, Release release) {
    return known.version().equals(release.version())
        && nanos.getAsLong() - known.at() < FRESH_NANOS;
  }
}
