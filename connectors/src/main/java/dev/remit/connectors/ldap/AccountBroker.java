package dev.remit.connectors.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import dev.remit.core.execution.Connector.VendorException;
import dev.remit.core.lease.Broker;
import dev.remit.core.lease.Credential;
import dev.remit.core.lease.Lease;
import dev.remit.core.value.InvalidValueException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Accounts in a directory whose only rights are memberships in declared groups.
 *
 * <p>INVARIANT: an account is usable before it has rights, and loses its rights before it ends. A
 * directory keeps a bound connection after its entry was deleted, but asks for memberships anew
 * with every operation; so the memberships go first, and a session that somebody else holds can do
 * nothing from then on. Our own connection is closed before that. The name stays until the rights
 * are gone, so that a later try still finds them.
 */
final class AccountBroker implements Broker {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private final String prefix;
  private final Accounts accounts;
  private final Rights rights;
  private final BrokerConnections connections;
  private final Directory directory;
  private final Passwords passwords;
  private final InstantSource clock;

  AccountBroker(
      String prefix,
      Accounts accounts,
      Rights rights,
      BrokerConnections connections,
      Directory directory,
      Passwords passwords,
      InstantSource clock) {
    if (!NAME.matcher(prefix).matches()) {
      throw new InvalidValueException("the prefix of principals is lower-case letters and `_`");
    }
    this.prefix = prefix;
    this.accounts = accounts;
    this.rights = rights;
    this.connections = connections;
    this.directory = directory;
    this.passwords = passwords;
    this.clock = clock;
  }

  @Override
  public Revocation revocation() {
    return Revocation.IMMEDIATE;
  }

  @Override
  public Issued issue(Lease lease) {
    if (!isOurs(lease.principal())) {
      return new NotMade("the principal's name is not one of this installation");
    }
    if (!clock.instant().isBefore(lease.end())) {
      return new NotMade("the lease is over");
    }
    var progress = new Progress();
    try {
      var groups = rights.groups(lease.scope());
      if (groups.isEmpty()) {
        return new NotMade("the lease names no group; none is not all");
      }
      return connections.with(broker -> make(broker, lease, groups, progress));
    } catch (InvalidValueException e) {
      return new NotMade("the scope cannot be granted: " + e.getMessage());
    } catch (LDAPException e) {
      return unmade(e, progress);
    }
  }

  /** How far issuing came before something broke. */
  private static final class Progress {
    private boolean isSent;
  }

  private boolean isOurs(String principal) {
    return NAME.matcher(principal).matches() && principal.startsWith(prefix);
  }

  private Issued make(LDAPConnection broker, Lease lease, List<DN> groups, Progress progress)
      throws LDAPException {
    var principal = lease.principal();
    var password = passwords.ofAccount();
    progress.isSent = true;
    var account = accounts.take(broker, principal, password);
    for (DN group : groups) {
      try {
        broker.modify(group.toString(), member(ModificationType.ADD, account));
      } catch (LDAPException e) {
        if (Answers.isLost(e)) {
          throw e;
        }
        return end(broker, principal, groups, Optional.empty()) instanceof Gone
            ? new NotMade(Answers.words(e))
            : new Uncertain(Answers.words(e));
      }
    }
    return new Made(new AccountCredential(principal, account.toString(), password, directory));
  }

  private static Issued unmade(LDAPException e, Progress progress) {
    return progress.isSent && Answers.isLost(e)
        ? new Uncertain(Answers.words(e))
        : new NotMade(Answers.words(e));
  }

  private Modification member(ModificationType type, DN account) {
    return new Modification(type, rights.member(), account.toString());
  }

  @Override
  public Ended revoke(Lease lease, Optional<Credential> credential) {
    var account =
        credential.filter(AccountCredential.class::isInstance).map(AccountCredential.class::cast);
    account.ifPresent(AccountCredential::end);
    List<DN> groups;
    try {
      groups = rights.groups(lease.scope());
    } catch (InvalidValueException e) {
      groups = List.of();
    }
    return remove(lease.principal(), groups, account);
  }

  @Override
  public Ended remove(String principal) {
    return remove(principal, List.of(), Optional.empty());
  }

  private Ended remove(String principal, List<DN> groups, Optional<AccountCredential> credential) {
    if (!isOurs(principal)) {
      return new Lingering("not a principal of this installation");
    }
    try {
      return connections.with(broker -> end(broker, principal, groups, credential));
    } catch (LDAPException e) {
      return new Lingering(Answers.words(e));
    }
  }

  private Ended end(
      LDAPConnection broker,
      String principal,
      List<DN> groups,
      Optional<AccountCredential> credential)
      throws LDAPException {
    var account = accounts.find(broker, principal);
    if (account.isPresent()) {
      if (!isWithoutRights(broker, groups, account.get())) {
        return new Lingering("a membership is still there");
      }
      accounts.release(broker, account.get(), principal);
    }
    if (accounts.isThere(broker, principal)) {
      return new Lingering("the account is still there");
    }
    return credential.isPresent() ? refused(credential.get()) : new Gone("no entry, no membership");
  }

  /** The groups that the lease named, and then whatever else the directory finds. */
  private boolean isWithoutRights(LDAPConnection broker, List<DN> named, DN account)
      throws LDAPException {
    for (DN group : named) {
      leave(broker, group, account);
    }
    var others = groupsOf(broker, account);
    for (DN group : others) {
      leave(broker, group, account);
    }
    return others.isEmpty() || groupsOf(broker, account).isEmpty();
  }

  private List<DN> groupsOf(LDAPConnection broker, DN account) throws LDAPException {
    var filter = Filter.createEqualityFilter(rights.member(), account.toString());
    var groups = new java.util.ArrayList<DN>();
    for (var entry :
        Searches.all(broker, rights.base(), SearchScope.SUB, filter, 10_000, List.of("1.1"))) {
      groups.add(entry.getParsedDN());
    }
    return groups;
  }

  private void leave(LDAPConnection broker, DN group, DN account) throws LDAPException {
    try {
      broker.modify(group.toString(), member(ModificationType.DELETE, account));
    } catch (LDAPException e) {
      if (!Answers.is(e, ResultCode.NO_SUCH_ATTRIBUTE) && !Answers.isAbsent(e)) {
        throw e;
      }
    }
  }

  private Ended refused(AccountCredential credential) {
    try {
      connections.tryBind(credential.dn(), credential.password());
      return new Lingering("the directory still lets the account in");
    } catch (LDAPException e) {
      return Answers.isRefusedBind(e)
          ? new Gone("no entry, no membership, and its password is refused")
          : new Lingering(Answers.words(e));
    }
  }

  @Override
  public Set<String> present() {
    try {
      return connections.with(broker -> accounts.present(broker, prefix));
    } catch (LDAPException e) {
      throw new VendorException(Answers.words(e));
    }
  }
}
