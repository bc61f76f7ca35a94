package dev.remit.lab.directory;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.extensions.PasswordModifyExtendedRequest;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import dev.remit.lab.estate.Seed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LabDirectoryTest {
  private static final Seed SEED = Seed.of(1);
  private static final LabDirectory DIRECTORY = start();
  private static final String LEASE = "cn=remit_lab_1," + DirectoryTree.LEASES;

  @TempDir
  @SuppressWarnings("NullAway.Init") // set before each test
  private Path folder;

  private static LabDirectory start() {
    try {
      var keys = new LabDirectory.Keys("broker-secret", "people-secret", "sender", "reader");
      return LabDirectory.start(SEED, keys, LabDirectory.newIdentity(Instant.now()), 0, 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterAll
  static void stop() {
    DIRECTORY.close();
  }

  @BeforeEach
  void reset() {
    DIRECTORY.reset();
  }

  private LDAPConnection open() throws Exception {
    var pem = Files.writeString(folder.resolve("ca.pem"), text("ca"));
    var tls = new SSLUtil(new PEMFileTrustManager(pem.toFile()));
    return new LDAPConnection(tls.createSSLSocketFactory(), "127.0.0.1", DIRECTORY.port());
  }

  private LDAPConnection login(String dn, String password) throws Exception {
    var connection = open();
    connection.bind(dn, password);
    return connection;
  }

  private LDAPConnection broker() throws Exception {
    return login(DirectoryTree.BROKER, "broker-secret");
  }

  /** A leased account in these groups of rights. */
  private LDAPConnection leased(String... groups) throws Exception {
    try (var broker = broker()) {
      broker.add(
          LEASE,
          new Attribute("objectClass", "inetOrgPerson"),
          new Attribute("cn", "remit_lab_1"),
          new Attribute("sn", "lease"),
          new Attribute("userPassword", "lease-secret"));
      for (String group : groups) {
        broker.modify(
            "cn=" + group + "," + DirectoryTree.RIGHTS,
            new Modification(ModificationType.ADD, "member", LEASE));
      }
    }
    return login(LEASE, "lease-secret");
  }

  private static String text(String name) {
    return requireNonNull(DIRECTORY.description().get(name)).toString();
  }

  private static String person(int organization, int place) {
    var person =
        SEED.people().stream()
            .filter(one -> one.id() == organization * 100 + place)
            .findFirst()
            .orElseThrow();
    var slug = SEED.organizations().get(organization - 1).slug();
    return "uid="
        + person.email().replaceAll("@.*", "")
        + ",ou=people,"
        + DirectoryTree.container(slug);
  }

  private static int reset(LDAPConnection session, String dn) throws LDAPException {
    return session
        .processExtendedOperation(new PasswordModifyExtendedRequest(dn, null, "new-password-1"))
        .getResultCode()
        .intValue();
  }

  @Test
  void everyCompanyHasPeopleGroupsAnAdministratorAndABreakGlassAccount() throws Exception {
    try (var session = leased("directory-read")) {
      for (var organization : SEED.organizations()) {
        var home = DirectoryTree.container(organization.slug());
        var people =
            session.search(
                home, com.unboundid.ldap.sdk.SearchScope.SUB, "(objectClass=inetOrgPerson)");
        assertThat(people.getEntryCount()).isEqualTo(6);
        assertThat(
                requireNonNull(session.getEntry("cn=admins,ou=groups," + home))
                    .getAttributeValues("member"))
            .contains("cn=helpdesk,ou=groups," + home);
      }
    }
  }

  @Test
  void nobodyReadsAPassword() throws Exception {
    try (var session = leased("directory-read")) {
      assertThat(
              requireNonNull(session.getEntry(person(1, 1), "*", "userPassword"))
                  .hasAttribute("userPassword"))
          .isFalse();
    }
  }

  @Test
  void whoeverIsNotBoundSeesNothing() throws Exception {
    try (var session = open()) {
      assertThatThrownBy(() -> session.getEntry(person(1, 1))).isInstanceOf(LDAPException.class);
    }
  }

  @Test
  void aLeasedAccountWithoutGroupsDoesNothing() throws Exception {
    try (var session = leased()) {
      assertThatThrownBy(() -> session.getEntry(person(1, 1))).isInstanceOf(LDAPException.class);
      assertThat(reset(session, person(1, 1))).isNotZero();
    }
  }

  @Test
  void aLeasedAccountSetsPasswordsOfOneCompanyOnly() throws Exception {
    try (var session = leased("reset-harbor-dental")) {
      assertThat(reset(session, person(1, 1))).isZero();
      assertThat(reset(session, person(2, 1))).isNotZero();
      assertThat(reset(session, DirectoryTree.BROKER)).isNotZero();
      assertThatThrownBy(() ->
              session.modify(
                  person(1, 1), new Modification(ModificationType.REPLACE, "employeeType", "x")))
          .isInstanceOf(LDAPException.class);
    }
    login(person(1, 1), "new-password-1").close();
  }

  @Test
  void rightsEndWithTheMembershipAndWithTheAccount() throws Exception {
    try (var session = leased("reset-harbor-dental");
        var broker = broker()) {
      broker.modify(
          "cn=reset-harbor-dental," + DirectoryTree.RIGHTS,
          new Modification(ModificationType.DELETE, "member", LEASE));
      assertThat(reset(session, person(1, 1))).isNotZero();
      broker.delete(LEASE);
      assertThatThrownBy(() -> login(LEASE, "lease-secret")).isInstanceOf(LDAPException.class);
    }
  }

  @Test
  void theBrokerMakesAccountsAndNothingElse() throws Exception {
    try (var broker = broker()) {
      assertThat(reset(broker, person(1, 1))).isNotZero();
      for (String dn : List.of(person(1, 1), "cn=admins,ou=groups," + container())) {
        assertThatThrownBy(() -> broker.delete(dn)).isInstanceOf(LDAPException.class);
        assertThatThrownBy(() -> broker.getEntry(dn)).isInstanceOf(LDAPException.class);
      }
    }
  }

  private static String container() {
    return DirectoryTree.container("harbor-dental");
  }

  @Test
  void aLockedPersonIsNotLetIn() throws Exception {
    try (var session = leased("reset-harbor-dental", "disable-harbor-dental")) {
      assertThat(reset(session, person(1, 1))).isZero();
      session.modify(
          person(1, 1),
          new Modification(ModificationType.REPLACE, "pwdAccountLockedTime", "000001010000Z"));
    }
    assertThatThrownBy(() -> login(person(1, 1), "new-password-1"))
        .isInstanceOf(LDAPException.class);
  }

  private static HttpResponse<String> letters(String method, String token, String body)
      throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(text("handoverUrl")))
              .header("Authorization", "Bearer " + token)
              .method(method, HttpRequest.BodyPublishers.ofString(body))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void lettersAreLeftBySendersAndReadByTheirKeyOnly() throws Exception {
    var letter = "{\"call\": \"c1\", \"password\": \"p\"}";
    assertThat(letters("POST", "wrong", letter).statusCode()).isEqualTo(401);
    assertThat(letters("POST", "sender", letter).statusCode()).isEqualTo(200);
    assertThat(letters("POST", "sender", "no").statusCode()).isEqualTo(400);
    assertThat(letters("POST", "sender", "x".repeat(5_000)).statusCode()).isEqualTo(413);
    assertThat(letters("GET", "sender", "").statusCode()).isEqualTo(401);
    assertThat(letters("GET", "reader", "").body()).contains("\"c1\"");
    DIRECTORY.reset();
    assertThat(letters("GET", "reader", "").body()).doesNotContain("\"c1\"");
  }
}
