package dev.remit.connectors.ldap;

import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Accounts that are made for one lease and deleted: one entry directly below {@code base}. */
record MadeAccounts(DN base, List<String> classes, Passwords.Form form, Passwords passwords)
    implements Accounts {
  private static final String NAME = "cn";

  private DN dn(String principal) {
    return new DN(new RDN(NAME, principal), base);
  }

  @Override
  public DN take(LDAPConnection broker, String principal, String password) throws LDAPException {
    var dn = dn(principal);
    var attributes = new ArrayList<Attribute>();
    attributes.add(new Attribute("objectClass", classes));
    attributes.add(new Attribute(NAME, principal));
    if (form == Passwords.Form.UNICODE_PWD) {
      attributes.add(new Attribute("sAMAccountName", shortened(principal)));
      attributes.add(new Attribute("userAccountControl", "512"));
    } else {
      attributes.add(new Attribute("sn", principal));
    }
    attributes.add(new Attribute(form.attribute(), passwords.bytes(form, password)));
    broker.add(new AddRequest(dn, attributes));
    return dn;
  }

  /** Active Directory's older name of an account has at most 20 characters. */
  private static String shortened(String principal) {
    return principal.substring(Math.max(0, principal.length() - 20));
  }

  @Override
  public Optional<DN> find(LDAPConnection broker, String principal) {
    return Optional.of(dn(principal));
  }

  /** An account that cannot be deleted gets a password that nobody knows, and the error stands. */
  @Override
  public void release(LDAPConnection broker, DN account, String principal) throws LDAPException {
    try {
      broker.delete(new DeleteRequest(account));
    } catch (LDAPException e) {
      if (Answers.isAbsent(e)) {
        return;
      }
      if (!Answers.isBroken(e)) {
        disable(broker, account);
      }
      throw e;
    }
  }

  private void disable(LDAPConnection broker, DN account) {
    try {
      broker.modify(account.toString(), passwords.replacing(form, passwords.ofAccount()));
    } catch (LDAPException e) {
      // The deletion's own error is told; both are tried again.
    }
  }

  @Override
  public boolean isThere(LDAPConnection broker, String principal) throws LDAPException {
    var filter = Filter.createEqualityFilter(NAME, principal);
    return !Searches.all(broker, base, SearchScope.ONE, filter, 10, List.of(NAME)).isEmpty();
  }

  @Override
  public Set<String> present(LDAPConnection broker, String prefix) throws LDAPException {
    return Accounts.values(broker, base, NAME, prefix);
  }
}
