package dev.remit.connectors.ldap;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.LDAPException;
import dev.remit.connectors.ldap.LdapEndpoint.Security;
import dev.remit.core.call.Sha256;
import dev.remit.core.value.InvalidValueException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Who the directory must be before a password is shown to it. */
final class TrustTest {
  private static final Served SERVED = new InMemoryDirectory();
  private static final String PIN = pin(SERVED.authority().served());

  @AfterAll
  static void stop() {
    SERVED.close();
  }

  private static String pin(X509Certificate certificate) {
    return Sha256.of(certificate.getPublicKey().getEncoded());
  }

  private static void connect(
      String host, Security security, List<X509Certificate> trusted, Optional<String> pin)
      throws LDAPException {
    int port = security == Security.LDAPS ? SERVED.port() : SERVED.startTlsPort();
    var endpoint =
        new LdapEndpoint(
            host,
            port,
            security,
            trusted,
            pin,
            Tree.BROKER,
            () -> Tree.BROKER_PASSWORD,
            Optional.empty());
    try (var session = new Directory(endpoint).openForBroker(Duration.ofSeconds(2))) {
      assertThat(requireNonNull(session.getSSLSession()).getProtocol()).startsWith("TLSv1.");
    }
  }

  private static List<X509Certificate> trusted() {
    return List.of(SERVED.authority().trusted());
  }

  @Test
  void theDirectoryThatConfigurationNamesIsTrustedBothWays() throws LDAPException {
    connect("127.0.0.1", Security.LDAPS, trusted(), Optional.empty());
    connect("127.0.0.1", Security.STARTTLS, trusted(), Optional.empty());
    connect("127.0.0.1", Security.LDAPS, trusted(), Optional.of(PIN));
    connect("127.0.0.1", Security.STARTTLS, trusted(), Optional.of(PIN));
  }

  @Test
  void anotherAuthorityIsNot() {
    var other = List.of(new TestAuthority().trusted());
    for (var security : Security.values()) {
      assertThatThrownBy(() -> connect("127.0.0.1", security, other, Optional.empty()))
          .isInstanceOf(LDAPException.class);
    }
  }

  @Test
  void anotherKeyOfTheSameAuthorityIsNotThePinnedOne() {
    var other = Optional.of(pin(SERVED.authority().trusted()));
    for (var security : Security.values()) {
      assertThatThrownBy(() -> connect("127.0.0.1", security, trusted(), other))
          .isInstanceOf(LDAPException.class);
    }
  }

  @Test
  void aCertificateForAnotherNameIsNot() {
    for (var security : Security.values()) {
      assertThatThrownBy(() -> connect("localhost", security, trusted(), Optional.empty()))
          .isInstanceOf(LDAPException.class);
    }
  }

  @Test
  void noTrustedCertificateMeansNone() {
    assertThatThrownBy(() -> connect("127.0.0.1", Security.LDAPS, List.of(), Optional.empty()))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void passwordsAreHandedOverByHttpsOnly() {
    assertThatThrownBy(() -> new HttpHandover(URI.create("http://example.org/x"), () -> "t"))
        .isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> new HttpHandover(URI.create("ftp://127.0.0.1/x"), () -> "t"))
        .isInstanceOf(InvalidValueException.class);
    new HttpHandover(URI.create("https://example.org/x"), () -> "t").close();
    new HttpHandover(URI.create("http://127.0.0.1:1/x"), () -> "t").close();
  }
}
