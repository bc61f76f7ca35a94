package dev.remit.core.evidence;

import dev.remit.core.approval.PersonKey;
import dev.remit.core.identity.PersonId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The store of people's keys; each change commits together with its entry. */
public interface PersonKeyLedger {

  /** Stores a key; false when its credential id is taken, by whomever. */
  boolean register(PersonKey key, Entry entry);

  /** The key of this credential id, removed ones included. */
  Optional<PersonKey> find(String credentialId);

  /** All keys of a person, removed ones included, oldest first. */
  List<PersonKey> of(PersonId person);

  /** Removes a key for good; false when there was nothing to remove. */
  boolean remove(String credentialId, Instant at, Entry entry);

  /** Whether any key is registered, of anybody; the bootstrap link needs that there is none. */
  boolean isEmpty();
}
