package dev.remit.connectors.ldap;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Searches with limits. Aliases are not followed, references to other directories are ignored, and
 * an answer that is not whole is an error.
 */
final class Searches {
  private static final int PAGE = 500;
  private static final int SECONDS = 5;

  private Searches() {}

  /** Every match, in pages (RFC 2696); more than {@code most} is an error. */
  static List<Entry> all(
      LDAPConnection session,
      DN base,
      SearchScope scope,
      Filter filter,
      int most,
      Collection<String> attributes)
      throws LDAPException {
    var found = new ArrayList<Entry>();
    ASN1OctetString cookie = null;
    do {
      var request = request(base, scope, filter, 0, attributes);
      request.addControl(new SimplePagedResultsControl(PAGE, cookie, true));
      var result = session.search(request);
      found.addAll(entries(result));
      if (found.size() > most) {
        throw new LDAPException(ResultCode.SIZE_LIMIT_EXCEEDED, "the list does not end");
      }
      cookie = next(result);
    } while (cookie != null);
    return found;
  }

  private static @org.jspecify.annotations.Nullable ASN1OctetString next(SearchResult result)
      throws LDAPException {
    var page = SimplePagedResultsControl.get(result);
    return page != null && page.moreResultsToReturn() ? page.getCookie() : null;
  }

  /** The one match; none or several is empty. */
  static Optional<Entry> only(
      LDAPConnection session, DN base, Filter filter, Collection<String> attributes)
      throws LDAPException {
    try {
      var result = session.search(request(base, SearchScope.SUB, filter, 2, attributes));
      return result.getEntryCount() == 1
          ? Optional.of(entries(result).getFirst())
          : Optional.empty();
    } catch (LDAPSearchException e) {
      if (e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The entry of this name; empty when there is none or it may not be seen. */
  static Optional<Entry> at(LDAPConnection session, DN dn, Collection<String> attributes)
      throws LDAPException {
    try {
      var filter = Filter.createPresenceFilter("objectClass");
      var result = session.search(request(dn, SearchScope.BASE, filter, 1, attributes));
      return entries(result).stream().map(Entry.class::cast).findFirst();
    } catch (LDAPSearchException e) {
      if (Answers.isAbsent(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static List<SearchResultEntry> entries(SearchResult result) {
    var entries = result.getSearchEntries();
    return entries == null ? List.of() : entries;
  }

  private static SearchRequest request(
      DN base, SearchScope scope, Filter filter, int most, Collection<String> attributes) {
    return new SearchRequest(
        base.toString(),
        scope,
        DereferencePolicy.NEVER,
        most,
        SECONDS,
        false,
        filter,
        attributes.toArray(String[]::new));
  }

  /** An attribute's values as text; none when it is absent. */
  static List<String> values(Entry entry, String attribute) {
    String[] values = entry.getAttributeValues(attribute);
    return values == null ? List.of() : List.of(values);
  }

  /** The value of an attribute that has exactly one. */
  static Optional<String> single(Entry entry, String attribute) {
    var values = values(entry, attribute);
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }
}
