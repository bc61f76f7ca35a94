package dev.remit.core.register;

import dev.remit.core.approval.Proposal;
import dev.remit.core.evidence.Entry;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.PersonId;
import dev.remit.core.release.VersionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The store of the register; each change commits together with its entry.
 *
 * <p>Changes are ordered with intents by the database: once one returned, no task opens and no
 * intent commits on any replica for a class that is not active any more.
 */
public interface RegisterLedger {

  /** All rows. One that does not hold comes as {@link Registration#unreadable}. */
  List<Registration> all();

  /** The revision of the last change of each class that the log tells of. */
  Map<AgentClassId, Long> told();

  /** The version that was the installation's first, if there was one yet. */
  Optional<VersionId> origin();

  /** Changes a row; false, and nothing was done, when it is at another revision. */
  boolean move(Move move);

  /**
   * Consumes the open proposal and changes the row.
   *
   * @return false, and nothing was done, when it is not open any more or the row has changed
   */
  boolean launch(Proposal proposal, Entry resolution, Move move);

  /** Changes the row by its owner's signature; notes the key's counter. */
  Signed certify(Move move, PersonId person, String credential, long counter, Instant at);

  /** Notes that a person is gone for good; false when that is known. */
  boolean gone(PersonId person, Instant at, Entry entry);

  /** Everybody who is gone. */
  Set<PersonId> gone();

  /** Reads on in the logs what agents did, at most about so many leaves; how many were read. */
  int noteUses(int leaves);

  /** What agents of a class did since then, as far as it was read. */
  List<Use> uses(AgentClassId agentClass, Instant since);

  /** What an agent did last when. */
  record Use(String agent, String taskClass, String tool, Instant at) {}

  /** What became of an owner's signature. */
  enum Signed {
    DONE,
    /** The row has changed meanwhile. */
    CHANGED,
    /** The key is not live, not this person's, or its counter went back. */
    KEY_REFUSED
  }
}
