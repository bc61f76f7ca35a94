package dev.remit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.connectors.ldap.LdapEndpoint.Security;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OutsideDirectoryTest {
  /** A certificate that signs itself; nobody has its key any more. */
  private static final String CA =
      """
      -----BEGIN CERTIFICATE-----
      MIIBijCCAS+gAwIBAgIUGEeKpNfUc77E1gPtF3+ljtpEI40wCgYIKoZIzj0EAwIw
      GTEXMBUGA1UEAwwOdGVzdCBkaXJlY3RvcnkwIBcNMjYxMTI2MTAzMjU3WhgPMjEy
      NjExMDIxMDMyNTdaMBkxFzAVBgNVBAMMDnRlc3QgZGlyZWN0b3J5MFkwEwYHKoZI
      zj0CAQYIKoZIzj0DAQcDQgAEdAtW4auuVYmEZy3bp04w7GIPETMwUiqoFHon67vr
      l/dLQfpw4xHJ4pIieTU4jjAGnzNdTPub+digMc3G3Zeo2qNTMFEwHQYDVR0OBBYE
      FLZN+mLCMViwK383EcpRdpHmvr/0MB8GA1UdIwQYMBaAFLZN+mLCMViwK383EcpR
      dpHmvr/0MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSQAwRgIhAOdy+UN9
      LDxbTHj3bnZiP2MCucHn2yICQ8tghn36g8p2AiEA0Fwgpk3SqNL8/QKxfHO40uC0
      tpqOP8eYP27R9d4XELg=
      -----END CERTIFICATE-----
      """;

  private static Value.Obj endpoint() {
    return Value.object(
        "kind", "ldap",
        "host", "dc1.example",
        "port", 636,
        "security", "ldaps",
        "ca", CA,
        "brokerDn", "cn=broker,dc=example",
        "secret", "directory-broker",
        "handover", Value.object("url", "https://letters.example/in", "secret", "letters"));
  }

  @Test
  void aDirectoryIsReachedByTlsUnderItsOwnCertificates() {
    var directory = OutsideDirectory.configured(endpoint());
    assertThat(directory.security()).isEqualTo(Security.LDAPS);
    assertThat(directory.trusted()).hasSize(1);
    var made = directory.endpoint((name, inline) -> () -> "secret of " + name);
    assertThat(made.brokerPassword().get()).isEqualTo("secret of directory-broker");
    assertThat(made.handover()).isPresent();
    assertThat(directory.toString()).isEqualTo("OutsideDirectory[dc1.example:636]");
  }

  @ParameterizedTest
  @CsvSource({
    "security, plain",
    "security, ldap",
    "security, ''",
    "ca, nonsense",
    "ca, ''",
    "pin, abc",
    "pin, sha256:xyz"
  })
  void whatWouldWeakenItIsRefused(String name, String value) {
    assertThatThrownBy(() -> OutsideDirectory.configured(endpoint().with(name, Value.of(value))))
        .isInstanceOf(InvalidValueException.class);
  }

  @ParameterizedTest
  @CsvSource({"host", "port", "security", "ca", "brokerDn", "secret"})
  void whatMustBeThereMustBeThere(String name) {
    assertThatThrownBy(() -> OutsideDirectory.configured(endpoint().without(name)))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void passwordsOfPeopleAreNotHandedOverInClear() {
    var place = Value.object("url", "http://letters.example/in", "secret", "letters");
    var directory = OutsideDirectory.configured(endpoint().with("handover", place));
    assertThatThrownBy(() -> directory.endpoint((name, inline) -> () -> "x"))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void aDirectoryWithoutAPlaceForPasswordsHasNone() {
    var directory = OutsideDirectory.configured(endpoint().without("handover"));
    assertThat(directory.handover()).isEqualTo(Optional.empty());
  }
}
