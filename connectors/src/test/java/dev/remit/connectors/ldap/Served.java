package dev.remit.connectors.ldap;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import java.util.List;

/** A running directory with the entries of {@link Tree}. */
interface Served extends AutoCloseable {
  TestAuthority authority();

  /** LDAPS on loopback. */
  int port();

  /** Plain until StartTLS, on loopback. */
  int startTlsPort();

  /** A connection that may do everything. */
  LDAPConnection root() throws LDAPException;

  /** One such connection that stays open. */
  LDAPConnection standing();

  @Override
  void close();

  /** What the directory asks before the broker may change anything. */
  default void isBroker(boolean isOne) {
    modify(
        "cn=brokers," + Tree.BASE,
        new Modification(
            ModificationType.REPLACE, "member", isOne ? Tree.BROKER : "cn=nobody," + Tree.BASE));
  }

  default void modify(String dn, Modification... modifications) {
    try {
      standing().modify(dn, List.of(modifications));
    } catch (LDAPException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The values of an attribute; none when there is no such entry. */
  default List<String> values(String dn, String attribute) {
    try {
      var entry = standing().getEntry(dn, attribute);
      return entry == null ? List.of() : Searches.values(entry, attribute);
    } catch (LDAPException e) {
      throw new IllegalStateException(e);
    }
  }

  default boolean isThere(String dn) {
    try {
      return standing().getEntry(dn, "1.1") != null;
    } catch (LDAPException e) {
      throw new IllegalStateException(e);
    }
  }

  default boolean letsIn(String dn, String password) {
    try (var connection = root()) {
      return connection.bind(dn, password).getResultCode().intValue() == 0;
    } catch (LDAPException e) {
      return false;
    }
  }
}
