package dev.remit.connectors.ssh;

import dev.remit.connectors.ssh.SshEndpoint.Host;

/**
 * The principals that a host's {@code AuthorizedPrincipalsFile} names.
 *
 * <p>Each is good on one host only, so a certificate for one client's host is refused by another's,
 * though both trust the same authority.
 */
final class Principals {
  private Principals() {}

  /** Of the account that runs commands. */
  static String of(Host host) {
    return "remit@" + host.name();
  }

  /** Of the account that takes revocation lists. */
  static String ofRevoker(Host host) {
    return "remit-revoke@" + host.name();
  }
}
