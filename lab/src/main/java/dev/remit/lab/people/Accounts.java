package dev.remit.lab.people;

import dev.remit.lab.http.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The accounts of one issuer. Thread safe. */
public final class Accounts {
  private final List<Account> seeded;
  private final Map<String, Account> accounts = new LinkedHashMap<>();

  public Accounts(List<Account> seeded) {
    this.seeded = List.copyOf(seeded);
    reset();
  }

  synchronized void reset() {
    accounts.clear();
    seeded.forEach(account -> accounts.put(account.subject(), account));
  }

  public synchronized List<Account> all() {
    return List.copyOf(accounts.values());
  }

  /** The account if it may sign in. */
  synchronized Optional<Account> active(String subject) {
    return Optional.ofNullable(accounts.get(subject)).filter(Account::isActive);
  }

  /** Changes groups and whether the person may sign in; 404 for a stranger. */
  public synchronized Account change(
      String subject, Optional<Set<String>> groups, Optional<Boolean> isActive) {
    Account before = accounts.get(subject);
    if (before == null) {
      throw Refusal.notFound("no account `" + subject + "`");
    }
    Account after = before.with(groups.orElse(before.groups()), isActive.orElse(before.isActive()));
    accounts.put(subject, after);
    return after;
  }
}
