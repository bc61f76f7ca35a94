package dev.remit.lab.people;

import java.util.Set;
import java.util.TreeSet;

/**
 * One account at one issuer.
 *
 * @param subject what the issuer calls the person, for ever
 * @param groups the value of the claim {@code groups}
 * @param isActive whether the person may sign in
 */
public record Account(
    String subject, String name, String email, String title, Set<String> groups, boolean isActive) {

  public Account {
    groups = java.util.Collections.unmodifiableSet(new TreeSet<>(groups));
  }

  Account with(Set<String> otherGroups, boolean isStillActive) {
    return new Account(subject, name, email, title, otherGroups, isStillActive);
  }
}
