package dev.remit.testkit;

import dev.remit.core.approval.PersonKey;
import dev.remit.core.approval.Proposal;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.PersonKeyLedger;
import dev.remit.core.identity.PersonId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@link PersonKeyLedger} in memory. */
final class InMemoryPersonKeyLedger implements PersonKeyLedger {
  private final MemoryState state;

  InMemoryPersonKeyLedger(MemoryState state) {
    this.state = state;
  }

  @Override
  public boolean registerFirst(PersonKey key, Entry entry) {
    return state.read(() -> {
      boolean isFirst =
          state.keys.values().stream().noneMatch(k -> k.organisation().equals(key.organisation()));
      if (!isFirst || state.keys.containsKey(key.credentialId())) {
        return false;
      }
      state.keys.put(key.credentialId(), key);
      state.append(entry);
      return true;
    });
  }

  @Override
  public boolean register(PersonKey key, Proposal proposal, Entry resolution, Entry entry) {
    return state.read(() -> {
      if (state.keys.containsKey(key.credentialId()) || !consume(state, proposal)) {
        return false;
      }
      state.keys.put(key.credentialId(), key);
      state.append(resolution);
      state.append(entry);
      return true;
    });
  }

  /** Consumes an open proposal in the same step as what it was for. */
  static boolean consume(MemoryState state, Proposal proposal) {
    var stored = state.proposals.get(proposal.id());
    if (stored == null || stored.state() != Proposal.State.OPEN) {
      return false;
    }
    state.proposals.put(stored.id(), stored.in(Proposal.State.CONSUMED, Optional.empty()));
    return true;
  }

  @Override
  public Optional<PersonKey> find(String credentialId) {
    return state.read(() -> Optional.ofNullable(state.keys.get(credentialId)));
  }

  @Override
  public List<PersonKey> of(PersonId person) {
    return state.read(
        () -> state.keys.values().stream().filter(key -> key.person().equals(person)).toList());
  }

  @Override
  public boolean remove(String credentialId, Instant at, Entry entry) {
    return state.read(() -> {
      var key = state.keys.get(credentialId);
      if (key == null || key.isRemoved()) {
        return false;
      }
      state.keys.put(
          credentialId,
          new PersonKey(
              credentialId,
              key.person(),
              key.organisation(),
              key.credential(),
              key.counter(),
              key.registeredAt(),
              key.activeFrom(),
              true,
              key.label()));
      state.append(entry);
      return true;
    });
  }

  @Override
  public boolean isEmpty() {
    return state.read(state.keys::isEmpty);
  }
}
