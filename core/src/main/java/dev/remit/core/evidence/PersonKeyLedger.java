package dev.remit.core.evidence;

import dev.remit.core.approval.PersonKey;
import dev.remit.core.approval.Proposal;
import dev.remit.core.identity.PersonId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The store of people's keys; each change commits together with its entries. */
public interface PersonKeyLedger {

  /**
   * Stores the very first key of its organisation.
   *
   * @return false when the organisation ever had a key, or the credential id is taken
   */
  boolean registerFirst(PersonKey key, Entry entry);

  /**
   * Stores a key whose registration people answered, and consumes that proposal.
   *
   * @return false when the proposal is not open any more, or the credential id is taken, by
   *     whomever
   */
  boolean register(PersonKey key, Proposal proposal, Entry resolution, Entry entry);

  /** The key of this credential id, removed ones included. */
  Optional<PersonKey> find(String credentialId);

  /** All keys of a person, removed ones included, oldest first. */
  List<PersonKey> of(PersonId person);

  /** Removes a key for good; false when there was nothing to remove. */
  boolean remove(String credentialId, Instant at, Entry entry);

  /** Whether any key is registered, of anybody; the bootstrap link needs that there is none. */
  boolean isEmpty();
}
