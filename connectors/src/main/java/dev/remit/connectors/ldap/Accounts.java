package dev.remit.connectors.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import dev.remit.connectors.common.Settings;
import dev.remit.core.value.InvalidValueException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where leased accounts come from. The principal's name is written into the directory in the same
 * operation that makes the account usable, so whatever is usable can be found by name alone.
 */
sealed interface Accounts permits MadeAccounts, StandingAccounts {

  /** Reads {@code broker.accounts}: {@code base}, and {@code standing} where none can be made. */
  static Accounts of(Settings settings, Passwords passwords) {
    var base = DnTemplate.plain(settings.text("base"));
    var form = Passwords.Form.parse(settings.optionalText("password").orElse("ssha"));
    var standing = settings.texts("standing").stream().map(DnTemplate::plain).toList();
    if (standing.isEmpty()) {
      var classes = settings.texts("classes");
      return new MadeAccounts(base, classes.isEmpty() ? USUAL : classes, form, passwords);
    }
    for (DN account : standing) {
      if (!account.isDescendantOf(base, false)) {
        throw new InvalidValueException(
            settings.where() + ": `" + account + "` is not below `base`");
      }
    }
    var mark = settings.optionalText("mark").orElse("employeeNumber");
    return new StandingAccounts(base, standing, mark, form, passwords);
  }

  /** The classes of an account that is made. */
  List<String> USUAL = List.of("top", "person", "organizationalPerson", "inetOrgPerson");

  /** What a principal's name is made of, and how long it gets. */
  String NEXT = "0123456789abcdefghijklmnopqrstuvwxyz_";

  int LONGEST = 63;

  /**
   * Makes an account of this name usable with this password and nothing else.
   *
   * @throws LDAPException with the code {@code entryAlreadyExists} when the name is taken
   */
  DN take(LDAPConnection broker, String principal, String password) throws LDAPException;

  /** The account of this name; one that is made is named even when it is gone. */
  Optional<DN> find(LDAPConnection broker, String principal) throws LDAPException;

  /** Makes it unusable. What is gone already is no error. */
  void release(LDAPConnection broker, DN account, String principal) throws LDAPException;

  /** Whether the directory still knows this name. */
  boolean isThere(LDAPConnection broker, String principal) throws LDAPException;

  /** All names that begin so. */
  Set<String> present(LDAPConnection broker, String prefix) throws LDAPException;

  /**
   * The values of one attribute below {@code base} that begin so. The search begins at the
   * container: were it hidden from the broker, the directory would say that it does not exist, and
   * nothing would count as absent. A directory may show no more than so many entries to one search,
   * in pages or not; then the names are asked for by their next character.
   */
  static Set<String> values(LDAPConnection broker, DN base, String attribute, String prefix)
      throws LDAPException {
    var found = new TreeSet<String>();
    try {
      var filter = Filter.createSubInitialFilter(attribute, prefix);
      for (var entry :
          Searches.all(broker, base, SearchScope.SUB, filter, 1_000_000, List.of(attribute))) {
        for (String value : Searches.values(entry, attribute)) {
          if (value.startsWith(prefix)) {
            found.add(value);
          }
        }
      }
    } catch (LDAPException e) {
      if (!Answers.is(e, ResultCode.SIZE_LIMIT_EXCEEDED) || prefix.length() >= LONGEST) {
        throw e;
      }
      for (int i = 0; i < NEXT.length(); i++) {
        found.addAll(values(broker, base, attribute, prefix + NEXT.charAt(i)));
      }
    }
    return found;
  }
}
