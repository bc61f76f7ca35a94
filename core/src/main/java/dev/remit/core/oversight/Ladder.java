package dev.remit.core.oversight;

import dev.remit.core.evidence.Entry;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.Autonomy;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.release.Release;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Levels while changes to them are put together, one after the other. */
final class Ladder {

  private final Release release;
  private final EntryMaker entries;
  private final Instant now;
  private final Map<AutonomyScope, Standing> standings;
  private final Map<AutonomyScope, Long> rows;
  private final List<Change> changes = new ArrayList<>();

  Ladder(AutonomySnapshot.Levels stored, Release release, EntryMaker entries, Instant now) {
    this.standings = new HashMap<>(stored.standings());
    this.rows = new HashMap<>(stored.rows());
    this.release = release;
    this.entries = entries;
    this.now = now;
  }

  /** The level in force; of a scope that the version does not know, the lowest. */
  AutonomyLevel at(AutonomyScope scope) {
    return range(scope)
        .map(range ->
            AutonomyLevel.min(
                Optional.ofNullable(standings.get(scope))
                    .map(Standing::level)
                    .orElse(range.start()),
                range.upTo()))
        .orElse(AutonomyLevel.PROPOSE);
  }

  /** Where it may be at most. */
  Optional<Autonomy.Range> range(AutonomyScope scope) {
    return Optional.ofNullable(release.agentClasses().get(scope.agentClass()))
        .filter(agentClass -> agentClass.taskClasses().contains(scope.taskClass()))
        .map(agentClass -> agentClass.autonomy().in(scope.taskClass()));
  }

  long revision(AutonomyScope scope) {
    var standing = standings.get(scope);
    return standing == null ? 0 : standing.revision();
  }

  /** Writes down a fall, even onto the level where it is: that there was a reason is evidence. */
  void lower(AutonomyScope scope, AutonomyLevel to, String cause, Value.Obj more) {
    if (!scope.agentClass().equals(AgentClassId.PERSON)) {
      move(scope, AutonomyLevel.min(at(scope), to), Entry.Kind.AUTONOMY_LOWERED, cause, more);
    }
  }

  Change raise(AutonomyScope scope, AutonomyLevel to, Value.Obj more) {
    return move(scope, to, Entry.Kind.AUTONOMY_RAISED, "promotion", more);
  }

  private Change move(
      AutonomyScope scope, AutonomyLevel to, Entry.Kind kind, String cause, Value.Obj more) {
    long revision = revision(scope) + 1;
    var fields =
        Value.object(
            "agentClass", scope.agentClass().value(),
            "taskClass", scope.taskClass(),
            "from", at(scope).text(),
            "to", to.text(),
            "cause", cause,
            "revision", revision);
    for (var member : more.members().entrySet()) {
      fields = fields.with(member.getKey(), member.getValue());
    }
    var entry = entries.of(kind, scope.tenant(), Optional.empty(), now, fields);
    var change =
        new Change(
            new Standing(scope, to, revision, now, entry.id(), cause),
            rows.getOrDefault(scope, 0L),
            entry);
    rows.put(scope, revision);
    standings.put(scope, change.standing());
    changes.add(change);
    return change;
  }

  List<Change> changes() {
    return List.copyOf(changes);
  }
}
