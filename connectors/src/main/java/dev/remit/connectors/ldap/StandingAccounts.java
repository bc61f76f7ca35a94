package dev.remit.connectors.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.AssertionRequestControl;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Technical accounts that stand, for directories where none can be made. A lease takes one that is
 * free, by writing its principal's name into the account's {@code mark} and a new password beside
 * it; at its end the account has neither mark, rights, nor a password that anybody knows.
 *
 * <p>Taking is exclusive by an assertion (RFC 4528) that the mark is empty; a directory without it
 * refuses, and nothing is leased.
 */
record StandingAccounts(
    DN base, List<DN> accounts, String mark, Passwords.Form form, Passwords passwords)
    implements Accounts {
  /** A directory may look at the attribute's one value before it looks at the assertion. */
  private static final Set<ResultCode> TAKEN =
      Set.of(
          ResultCode.ASSERTION_FAILED,
          ResultCode.CONSTRAINT_VIOLATION,
          ResultCode.OBJECT_CLASS_VIOLATION,
          ResultCode.ATTRIBUTE_OR_VALUE_EXISTS);

  StandingAccounts {
    accounts = List.copyOf(accounts);
  }

  @Override
  public DN take(LDAPConnection broker, String principal, String password) throws LDAPException {
    if (isThere(broker, principal)) {
      throw new LDAPException(ResultCode.ENTRY_ALREADY_EXISTS, "the name is taken");
    }
    for (DN account : accounts) {
      var taking =
          new ModifyRequest(
              account.toString(),
              new Modification(ModificationType.ADD, mark, principal),
              passwords.replacing(form, password));
      taking.addControl(
          new AssertionRequestControl(
              Filter.createNOTFilter(Filter.createPresenceFilter(mark)), true));
      try {
        broker.modify(taking);
        return account;
      } catch (LDAPException e) {
        if (!TAKEN.contains(e.getResultCode())) {
          throw e;
        }
      }
    }
    throw new LDAPException(ResultCode.ENTRY_ALREADY_EXISTS, "all are in use");
  }

  @Override
  public Optional<DN> find(LDAPConnection broker, String principal) throws LDAPException {
    for (var entry : marked(broker, principal)) {
      var dn = entry.getParsedDN();
      if (accounts.contains(dn)) {
        return Optional.of(dn);
      }
    }
    return Optional.empty();
  }

  @Override
  public void release(LDAPConnection broker, DN account, String principal) throws LDAPException {
    try {
      broker.modify(
          account.toString(),
          List.of(
              new Modification(ModificationType.DELETE, mark, principal),
              passwords.replacing(form, passwords.ofAccount())));
    } catch (LDAPException e) {
      if (!Answers.is(e, ResultCode.NO_SUCH_ATTRIBUTE)) {
        throw e;
      }
    }
  }

  @Override
  public boolean isThere(LDAPConnection broker, String principal) throws LDAPException {
    return !marked(broker, principal).isEmpty();
  }

  private List<com.unboundid.ldap.sdk.Entry> marked(LDAPConnection broker, String principal)
      throws LDAPException {
    var filter = Filter.createEqualityFilter(mark, principal);
    return Searches.all(broker, base, SearchScope.SUB, filter, 10, List.of(mark));
  }

  @Override
  public Set<String> present(LDAPConnection broker, String prefix) throws LDAPException {
    return Accounts.values(broker, base, mark, prefix);
  }
}
