package dev.remit.core.register;

import dev.remit.core.evidence.Entry;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.oversight.EntryMaker;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.Optional;

/** Makes changes of the register with their entries, in the MSP's own log. */
record Moves(EntryMaker entries, Instant now) {

  /** It waits to be launched as it is defined now. */
  Move proposed(AgentClassId id, Optional<Registration> row, String cause, Boundaries wanted) {
    return move(
        id,
        row,
        AgentState.PROPOSED,
        cause,
        row.flatMap(Registration::launched),
        Entry.Kind.AGENT_PROPOSED,
        boundaries(wanted));
  }

  /** It works with these boundaries. */
  Move launched(
      AgentClassId id, Optional<Registration> row, String cause, Boundaries as, Value.Obj more) {
    var fields = boundaries(as);
    for (var member : more.members().entrySet()) {
      fields = fields.with(member.getKey(), member.getValue());
    }
    return move(
        id, row, AgentState.ACTIVE, cause, Optional.of(as), Entry.Kind.AGENT_LAUNCHED, fields);
  }

  Move suspended(Registration row, String cause, Value.Obj more) {
    return stopped(row, AgentState.SUSPENDED, cause, Entry.Kind.AGENT_SUSPENDED, more);
  }

  Move retired(Registration row, String cause, Value.Obj more) {
    return stopped(row, AgentState.RETIRED, cause, Entry.Kind.AGENT_RETIRED, more);
  }

  /** It goes on as it is: its owner signed for it. */
  Move certified(Registration row, Value.Obj more) {
    var entry = entry(row.agentClass(), Entry.Kind.AGENT_CERTIFIED, row.revision() + 1, more);
    return new Move(
        new Registration(
            row.agentClass(),
            row.state(),
            row.revision() + 1,
            row.launched(),
            row.cause(),
            row.since(),
            Optional.of(now),
            entry.id()),
        row.revision(),
        entry);
  }

  private Move stopped(
      Registration row, AgentState state, String cause, Entry.Kind kind, Value.Obj more) {
    return move(row.agentClass(), Optional.of(row), state, cause, row.launched(), kind, more);
  }

  private Move move(
      AgentClassId id,
      Optional<Registration> row,
      AgentState state,
      String cause,
      Optional<Boundaries> launched,
      Entry.Kind kind,
      Value.Obj more) {
    long follows = row.map(Registration::revision).orElse(0L);
    var entry = entry(id, kind, follows + 1, more.with("cause", Value.of(cause)));
    var certifiedAt =
        state == AgentState.ACTIVE ? Optional.of(now) : row.flatMap(Registration::certifiedAt);
    return new Move(
        new Registration(id, state, follows + 1, launched, cause, now, certifiedAt, entry.id()),
        follows,
        entry);
  }

  private Entry entry(AgentClassId id, Entry.Kind kind, long revision, Value.Obj more) {
    var fields = Value.object("agentClass", id.value(), "revision", revision);
    for (var member : more.members().entrySet()) {
      fields = fields.with(member.getKey(), member.getValue());
    }
    return entries.of(kind, TenantId.OPERATOR, Optional.empty(), now, fields);
  }

  private static Value.Obj boundaries(Boundaries as) {
    return Value.object("digest", as.digest(), "boundaries", as.value());
  }
}
