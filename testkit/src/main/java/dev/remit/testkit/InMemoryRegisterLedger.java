package dev.remit.testkit;

import dev.remit.core.approval.Proposal;
import dev.remit.core.evidence.Entry;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.PersonId;
import dev.remit.core.register.AgentState;
import dev.remit.core.register.Move;
import dev.remit.core.register.RegisterLedger;
import dev.remit.core.register.Registration;
import dev.remit.core.release.VersionId;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@link RegisterLedger} in memory. */
final class InMemoryRegisterLedger implements RegisterLedger {
  private static final Set<Entry.Kind> KINDS =
      EnumSet.of(
          Entry.Kind.AGENT_PROPOSED,
          Entry.Kind.AGENT_LAUNCHED,
          Entry.Kind.AGENT_SUSPENDED,
          Entry.Kind.AGENT_RETIRED,
          Entry.Kind.AGENT_CERTIFIED);

  private final MemoryState state;
  private final VersionId origin;
  private final Set<PersonId> gone = new HashSet<>();

  InMemoryRegisterLedger(MemoryState state, VersionId origin) {
    this.state = state;
    this.origin = origin;
  }

  @Override
  public List<Registration> all() {
    return state.read(() -> List.copyOf(state.agents.values()));
  }

  @Override
  public Map<AgentClassId, Long> told() {
    return state.read(() -> {
      var told = new HashMap<AgentClassId, Long>();
      state.entriesOf(TenantId.OPERATOR).stream()
          .filter(entry -> KINDS.contains(entry.kind()))
          .forEach(entry ->
              told.merge(
                  new AgentClassId(entry.fields().text("agentClass").orElseThrow()),
                  entry.fields().integer("revision").orElseThrow(),
                  Math::max));
      return told;
    });
  }

  @Override
  public Optional<VersionId> origin() {
    return Optional.of(origin);
  }

  @Override
  public boolean move(Move move) {
    return state.read(() -> {
      if (!follows(move)) {
        return false;
      }
      put(move);
      return true;
    });
  }

  private boolean follows(Move move) {
    var row = state.agents.get(move.registration().agentClass());
    return row == null
        ? move.follows() == 0
        : row.revision() == move.follows() && row.state() != AgentState.RETIRED;
  }

  private void put(Move move) {
    state.agents.put(move.registration().agentClass(), move.registration());
    state.append(move.entry());
  }

  @Override
  public boolean launch(Proposal proposal, Entry resolution, Move move) {
    return state.read(() -> {
      if (!follows(move) || !InMemoryPersonKeyLedger.consume(state, proposal)) {
        return false;
      }
      state.append(resolution);
      put(move);
      return true;
    });
  }

  @Override
  public Signed certify(Move move, PersonId person, String credential, long counter, Instant at) {
    return state.read(() -> {
      var key = state.keys.get(credential);
      if (key == null
          || !key.person().equals(person)
          || !key.isLiveAt(at)
          || isBack(key, counter)) {
        return Signed.KEY_REFUSED;
      }
      if (!follows(move)) {
        return Signed.CHANGED;
      }
      state.keys.put(credential, InMemoryProposalLedger.counted(key, counter));
      put(move);
      return Signed.DONE;
    });
  }

  private static boolean isBack(dev.remit.core.approval.PersonKey key, long counter) {
    return counter <= key.counter() && !(counter == 0 && key.counter() == 0);
  }

  @Override
  public boolean gone(PersonId person, Instant at, Entry entry) {
    return state.read(() -> {
      if (!gone.add(person)) {
        return false;
      }
      state.append(entry);
      return true;
    });
  }

  @Override
  public Set<PersonId> gone() {
    return state.read(() -> Set.copyOf(gone));
  }

  /** Everything is known at once. */
  @Override
  public int noteUses(int leaves) {
    return 0;
  }

  @Override
  public List<Use> uses(AgentClassId agentClass, Instant since) {
    return state.read(() -> {
      var uses = new ArrayList<Use>();
      for (var intent : state.intents.values()) {
        var fields = intent.entry().fields();
        fields
            .text("agent")
            .filter(agent -> agent.startsWith(agentClass.value() + "/"))
            .filter(agent -> intent.task().isPresent() && !intent.at().isBefore(since))
            .ifPresent(agent ->
                uses.add(
                    new Use(
                        agent,
                        intent.task().orElseThrow().taskClass(),
                        fields.text("tool").orElse(""),
                        intent.at())));
      }
      return List.copyOf(uses);
    });
  }
}
