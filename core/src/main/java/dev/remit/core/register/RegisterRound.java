package dev.remit.core.register;

import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.PersonId;
import dev.remit.core.oversight.EntryMaker;
import dev.remit.core.release.Release;
import dev.remit.core.release.Releases;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the register in step with the version in force, with time and with who is gone: what is new
 * or reaches further waits for people, what nobody answers for is suspended. It launches nothing
 * but what comes with an installation's first version.
 */
public final class RegisterRound {

  private static final int LEAVES = 5_000;

  private final RegisterPorts ports;
  private final Releases releases;
  private final InstantSource clock;
  private final EntryMaker entries;

  /** Works on these. */
  public RegisterRound(
      RegisterPorts ports, Releases releases, InstantSource clock, EntryMaker entries) {
    this.ports = ports;
    this.releases = releases;
    this.clock = clock;
    this.entries = entries;
  }

  /**
   * At the start: the agents of the installation's first version count as launched with it, because
   * whoever started it named that version by its digest. Those of a lab estate count as launched
   * with each.
   */
  public void begin(boolean isLab) {
    var release = releases.active().release();
    var rows = ports.register().now(release);
    boolean isFirst = ports.ledger().origin().filter(release.version()::equals).isPresent();
    for (var agentClass : release.agentClasses().values()) {
      var row = Optional.ofNullable(rows.get(agentClass.id()));
      var boundaries = Boundaries.of(agentClass, release);
      boolean isOpen =
          row.isEmpty() || (isLab && isUnder(row.get(), AgentState.PROPOSED, AgentState.ACTIVE));
      if ((isFirst || isLab) && isOpen && row.filter(one -> one.isActive(boundaries)).isEmpty()) {
        var moves = new Moves(entries, clock.instant());
        var how = isLab ? "lab" : "first-version";
        var version = Value.object("version", release.version().value());
        ports.ledger().move(moves.launched(agentClass.id(), row, how, boundaries, version));
      }
    }
    ports.register().refresh(release);
  }

  private static boolean isUnder(Registration row, AgentState one, AgentState other) {
    return row.state() == one || row.state() == other;
  }

  /** Looks at every class; throws when a store is away, and then runs again later. */
  public void round() {
    var release = releases.active().release();
    var rows = ports.register().now(release);
    var gone = ports.ledger().gone();
    boolean isChanged = false;
    for (var agentClass : release.agentClasses().values()) {
      var move = due(agentClass, release, rows, gone);
      isChanged |= move.isPresent() && ports.ledger().move(move.get());
    }
    if (isChanged) {
      ports.register().refresh(release);
    }
  }

  /** Reads on what agents did: about once a minute. */
  public void noteUses() {
    int read = LEAVES;
    while (read >= LEAVES) {
      read = ports.ledger().noteUses(LEAVES);
    }
  }

  private Optional<Move> due(
      AgentClass agentClass,
      Release release,
      Map<AgentClassId, Registration> rows,
      Set<PersonId> gone) {
    var now = clock.instant();
    var moves = new Moves(entries, now);
    var row = Optional.ofNullable(rows.get(agentClass.id()));
    var boundaries = Boundaries.of(agentClass, release);
    if (row.isEmpty()) {
      return Optional.of(moves.proposed(agentClass.id(), row, "new", boundaries));
    }
    if (row.get().state() != AgentState.ACTIVE) {
      return Optional.empty();
    }
    if (!row.get().isActive(boundaries)) {
      return Optional.of(moves.proposed(agentClass.id(), row, "widened", boundaries));
    }
    var owner = Owners.of(agentClass, release);
    if (owner.filter(gone::contains).isPresent()) {
      var who = Value.object("owner", owner.get().text());
      return Optional.of(moves.suspended(row.get(), "owner-gone", who));
    }
    return row.filter(one -> !now.isBefore(certifyBy(one, release)))
        .map(one ->
            moves.suspended(
                one, "not-certified", Value.object("dueAt", certifyBy(one, release).toString())));
  }

  /** Until when its owner has to sign for it. */
  static Instant certifyBy(Registration row, Release release) {
    return row.certifiedAt().orElse(row.since()).plus(release.oversight().certifyAgentsEvery());
  }
}
