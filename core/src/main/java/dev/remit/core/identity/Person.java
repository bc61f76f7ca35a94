package dev.remit.core.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A person who signed in.
 *
 * @param name what to call the person on a page; nothing is decided by it
 * @param organisation the one organisation that the issuer vouches for
 * @param groups the issuer's own group names, as it said when the person signed in
 * @param email serves to tell that a requester and an approver are one human; never permits
 * @param signedInAt when the issuer last saw the person
 */
public record Person(
    PersonId id,
    String name,
    Organisation organisation,
    Set<String> groups,
    Optional<String> email,
    Instant signedInAt) {

  public Person {
    groups = Set.copyOf(groups);
  }
}
