package dev.remit.core.flow;

import dev.remit.core.approval.AssertionCheck;
import dev.remit.core.approval.PersonKey;
import dev.remit.core.approval.Proposal;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.PersonKeyLedger;
import dev.remit.core.identity.PersonId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What people's answers stand on: their keys, and the check of what those sign. */
public record PeoplePorts(PersonKeyLedger keys, AssertionCheck check) {

  /** Nobody has a key and no signature holds: nothing that waits is ever granted. */
  public static final PeoplePorts NONE =
      new PeoplePorts(
          new NoKeys(), (key, challenge, assertion) -> new AssertionCheck.Invalid("no keys here"));

  private static final class NoKeys implements PersonKeyLedger {
    @Override
    public boolean registerFirst(PersonKey key, Entry entry) {
      return false;
    }

    @Override
    public boolean register(PersonKey key, Proposal proposal, Entry resolution, Entry entry) {
      return false;
    }

    @Override
    public Optional<PersonKey> find(String credentialId) {
      return Optional.empty();
    }

    @Override
    public List<PersonKey> of(PersonId person) {
      return List.of();
    }

    @Override
    public boolean remove(String credentialId, Instant at, Entry entry) {
      return false;
    }

    @Override
    public boolean isEmpty() {
      return false;
    }
  }
}
