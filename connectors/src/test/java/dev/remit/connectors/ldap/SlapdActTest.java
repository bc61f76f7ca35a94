package dev.remit.connectors.ldap;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.extensions.PasswordModifyExtendedRequest;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedRequest;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedResult;
import dev.remit.core.lease.Broker;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The acts against a real slapd, and what its access rules are worth. */
final class SlapdActTest extends ActContract {
  @SuppressWarnings("NullAway.Init") // set before the first test
  private static Served served;

  @BeforeAll
  static void start() {
    served = Slapd.start();
  }

  @AfterAll
  static void stop() {
    if (served != null) {
      served.close();
    }
  }

  @Override
  Served served() {
    return served;
  }

  private LDAPConnection login(AccountCredential account) throws LDAPException {
    return new Directory(Fixture.endpoint(served, served.port(), mailbox))
        .open(account.dn(), account.password(), Duration.ofSeconds(5));
  }

  private static String who(LDAPConnection session) throws LDAPException {
    var answer = session.processExtendedOperation(new WhoAmIExtendedRequest());
    return String.valueOf(((WhoAmIExtendedResult) answer).getAuthorizationID());
  }

  @Test
  void aLeasedAccountSetsPasswordsBelowOneCompanyAndDoesNothingElse() throws LDAPException {
    var account = (AccountCredential) credential(Fixture.RESET, Fixture.HARBOR);
    var stranger = "uid=amara.northwind-legal,ou=people," + Tree.NORTHWIND;
    try (var session = login(account)) {
      var own =
          session.processExtendedOperation(
              new PasswordModifyExtendedRequest(AMARA_DN, null, "new-one-1"));
      assertThat(own.getResultCode().intValue()).isZero();
      var foreign =
          session.processExtendedOperation(
              new PasswordModifyExtendedRequest(stranger, null, "new-one-1"));
      assertThat(foreign.getResultCode().intValue()).isNotZero();
      assertThat(served.letsIn(stranger, "old-amara.northwind-legal")).isTrue();
      for (String dn : List.of(Tree.BROKER, "cn=somebody," + Tree.LEASES, account.dn())) {
        var other =
            session.processExtendedOperation(
                new PasswordModifyExtendedRequest(dn, null, "new-one-1"));
        assertThat(other.getResultCode().intValue()).as(dn).isNotZero();
      }
      assertThatThrownBy(() ->
              session.modify(
                  "cn=admins,ou=groups," + Tree.HARBOR,
                  new Modification(ModificationType.ADD, "member", account.dn())))
          .isInstanceOf(LDAPException.class);
      assertThatThrownBy(() ->
              session.modify(
                  AMARA_DN,
                  new Modification(
                      ModificationType.REPLACE, "pwdAccountLockedTime", "000001010000Z")))
          .isInstanceOf(LDAPException.class);
      assertThatThrownBy(
              () -> session.add("dn: cn=x," + Tree.LEASES, "objectClass: device", "cn: x"))
          .isInstanceOf(Exception.class);
      assertThat(
              requireNonNull(session.getEntry(AMARA_DN, "userPassword"))
                  .getAttributeValue("userPassword"))
          .isNull();
      assertThat(session.getEntry(Tree.LEASES)).isNull();
    }
  }

  @Test
  void theBrokerItselfMayNotTouchPeople() throws LDAPException {
    try (var session =
        new Directory(Fixture.endpoint(served, served.port(), mailbox))
            .openForBroker(Duration.ofSeconds(5))) {
      var answer =
          session.processExtendedOperation(
              new PasswordModifyExtendedRequest(AMARA_DN, null, "new-one-1"));
      assertThat(answer.getResultCode().intValue()).isNotZero();
      assertThat(session.getEntry(AMARA_DN)).isNull();
    }
  }

  /** slapd keeps the connection, and it is worth nothing: the reason for the order of revoking. */
  @Test
  void aSessionThatSomebodyElseHoldsHasNoRightsAfterRevocation() throws LDAPException {
    var lease = Fixture.lease("held", connector.scope(Fixture.RESET, Fixture.HARBOR));
    var account = (AccountCredential) Fixture.issue(connector.broker(), lease);
    try (var held = login(account)) {
      assertThat(held.getEntry(AMARA_DN)).isNotNull();
      assertThat(connector.broker().revoke(lease, Optional.of(account)))
          .isInstanceOf(Broker.Gone.class);
      assertThat(who(held)).contains(account.principal());
      assertThat(held.getEntry(AMARA_DN)).isNull();
      var answer =
          held.processExtendedOperation(
              new PasswordModifyExtendedRequest(AMARA_DN, null, "too-late-1"));
      assertThat(answer.getResultCode().intValue()).isNotZero();
    }
    assertThatThrownBy(() -> login(account)).isInstanceOf(LDAPException.class);
    assertThat(served.letsIn(AMARA_DN, "old-amara.harbor-dental")).isTrue();
  }

  @Test
  void ourOwnConnectionIsClosedByRevocation() throws LDAPException {
    var lease = Fixture.lease("own", connector.scope(Fixture.READ, Fixture.HARBOR));
    var account = (AccountCredential) Fixture.issue(connector.broker(), lease);
    var kept = new LDAPConnection[1];
    account.with(session -> kept[0] = session);
    connector.broker().revoke(lease, Optional.of(account));
    assertThat(kept[0].isConnected()).isFalse();
    assertThatThrownBy(() -> account.with(LDAPConnection::getConnectionID))
        .isInstanceOf(LDAPException.class);
  }

  @Test
  void aDisabledPersonIsNotLetIn() {
    run(Fixture.DISABLE, AMARA);
    assertThat(served.letsIn(AMARA_DN, "old-amara.harbor-dental")).isFalse();
  }

  /** slapd refuses more than its limit to one search, pages or not; a list that ends early lies. */
  @Test
  void moreNamesThanOneSearchMayShowAreAllListed() throws Exception {
    try (var root = served.root()) {
      for (int i = 0; i < 90; i++) {
        var name = Fixture.PREFIX + Integer.toHexString(i * 7_919) + "_" + i;
        root.add(
            "dn: cn=" + name + "," + Tree.LEASES,
            "objectClass: inetOrgPerson",
            "cn: " + name,
            "sn: x");
      }
      assertThat(connector.broker().present()).hasSize(90);
      for (String name : connector.broker().present()) {
        root.delete("cn=" + name + "," + Tree.LEASES);
      }
    }
  }

  @Test
  void anAccountThatCannotBeDeletedLosesItsRightsAndItsPasswordAndLingers() throws Exception {
    var lease = Fixture.lease("parent", connector.scope(Fixture.RESET, Fixture.HARBOR));
    var account = (AccountCredential) Fixture.issue(connector.broker(), lease);
    var child = "cn=child," + account.dn();
    try (var root = served.root()) {
      root.add("dn: " + child, "objectClass: device", "cn: child");
      assertThat(connector.broker().revoke(lease, Optional.of(account)))
          .isInstanceOf(Broker.Lingering.class);
      assertThatThrownBy(() -> login(account)).isInstanceOf(LDAPException.class);
      assertThat(served.values("cn=reset-harbor-dental," + Tree.RIGHTS, "member"))
          .doesNotContain(account.dn());
      root.delete(child);
    }
    assertThat(connector.broker().revoke(lease, Optional.of(account)))
        .isInstanceOf(Broker.Gone.class);
  }

  @Test
  void anAccountWhoseRightsCannotBeGivenIsTakenBack() {
    var scope =
        Value.object(
            "groups",
            Value.texts(List.of("cn=directory-read," + Tree.RIGHTS, "cn=gone," + Tree.RIGHTS)));
    var lease = Fixture.lease("half", scope);
    assertThat(connector.broker().issue(lease)).isInstanceOf(Broker.NotMade.class);
    assertThat(connector.broker().present()).isEmpty();
    assertThat(served.values("cn=directory-read," + Tree.RIGHTS, "member"))
        .containsExactly("cn=nobody," + Tree.BASE);
  }

  @Test
  void leasesThatMeetInTheirGroupsLeaveNothingBehind() throws Exception {
    var scope = connector.scope(Fixture.RESET, Fixture.HARBOR);
    try (var threads = Executors.newFixedThreadPool(8)) {
      var ends = new ArrayList<Future<Broker.Ended>>();
      for (int i = 0; i < 60; i++) {
        var lease = Fixture.lease("many" + i, scope);
        ends.add(
            threads.submit(() -> {
              var account = Fixture.issue(connector.broker(), lease);
              return connector.broker().revoke(lease, Optional.of(account));
            }));
      }
      for (var end : ends) {
        assertThat(end.get()).isInstanceOf(Broker.Gone.class);
      }
    }
    assertThat(connector.broker().present()).isEmpty();
    for (String group : List.of("directory-read", "reset-harbor-dental")) {
      assertThat(served.values("cn=" + group + "," + Tree.RIGHTS, "member"))
          .containsExactly("cn=nobody," + Tree.BASE);
    }
  }
}
