package dev.remit.connectors.ldap;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a directory is and who it is, from the server's own configuration. There is no form without
 * TLS.
 *
 * @param host must be named by the directory's certificate
 * @param trusted the only certificates under which the directory's own is accepted
 * @param pin the directory's public key as {@code sha256:} and the hexadecimal digest of its
 *     SubjectPublicKeyInfo; on top of {@code trusted}
 * @param brokerDn an account that may make accounts and fill groups, and nothing else
 * @param brokerPassword reads the password at the moment of use
 * @param handover where new passwords of people go; needed by operations that set one
 */
public record LdapEndpoint(
    String host,
    int port,
    Security security,
    List<X509Certificate> trusted,
    Optional<String> pin,
    String brokerDn,
    Supplier<String> brokerPassword,
    Optional<Handover> handover) {

  public LdapEndpoint {
    trusted = List.copyOf(trusted);
  }

  /** How TLS begins: with the connection, or by an extended operation (RFC 4511 section 4.14). */
  public enum Security {
    LDAPS,
    STARTTLS
  }

  @Override
  public String toString() {
    return "LdapEndpoint[" + host + ":" + port + "]";
  }
}
