package dev.remit.core.approval;

import dev.remit.core.identity.PersonId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who has a part in a proposal already, so that none of them answers it.
 *
 * @param requester the requester of the ticket, as the ticket's system names one
 * @param owner the workspace's name of the agent's owner: a group or a person
 * @param isDecided whether a policy version asked; then its authors do not answer
 * @param authors who wrote that version; when nobody knows, nobody who may write policy answers
 * @param asker the person who asked, where a person did; no account of that human answers
 * @param ownersAbove the owners of the agents that handed the work on
 */
public record Parties(
    Optional<String> requester,
    Optional<String> owner,
    boolean isDecided,
    Set<PersonId> authors,
    Optional<Asker> asker,
    Set<String> ownersAbove) {

  public Parties {
    authors = Set.copyOf(authors);
    ownersAbove = Set.copyOf(ownersAbove);
  }

  /** Of work that nobody handed on. */
  public Parties(
      Optional<String> requester,
      Optional<String> owner,
      boolean isDecided,
      Set<PersonId> authors,
      Optional<Asker> asker) {
    this(requester, owner, isDecided, authors, asker, Set.of());
  }

  /** Every owner of an agent that has a part in it. */
  public List<String> owners() {
    return Stream.concat(owner.stream(), ownersAbove.stream()).distinct().sorted().toList();
  }

  /** What a person asked for on their own. */
  public static Parties askedBy(Asker asker) {
    return new Parties(Optional.empty(), Optional.empty(), false, Set.of(), Optional.of(asker));
  }
}
