package dev.remit.core.oversight;

import dev.remit.core.identity.PersonId;
import java.util.Optional;
import java.util.Set;

/**
 * Who had a part in an effect, so that none of them certifies it.
 *
 * @param requester the ticket's requester, as its system names one
 * @param actor the person who made the call, where a person did
 * @param owner the workspace's name of the agent's owner
 * @param authors who wrote the version in force; when nobody knows, nobody who may write policy
 *     certifies
 * @param approvers persons who answered for the call, or asked for a standing approval of it
 * @param approverKeys the keys they signed with
 * @param approverEmails digests of their addresses
 */
public record Involved(
    Optional<String> requester,
    Optional<PersonId> actor,
    Optional<String> owner,
    Set<PersonId> authors,
    Set<PersonId> approvers,
    Set<String> approverKeys,
    Set<String> approverEmails) {

  public Involved {
    authors = Set.copyOf(authors);
    approvers = Set.copyOf(approvers);
    approverKeys = Set.copyOf(approverKeys);
    approverEmails = Set.copyOf(approverEmails);
  }
}
