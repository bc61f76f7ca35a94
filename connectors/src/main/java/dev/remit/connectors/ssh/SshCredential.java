package dev.remit.connectors.ssh;

import dev.remit.connectors.ssh.SshEndpoint.Host;
import dev.remit.core.lease.Credential;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key pair in memory for which certificates are signed, one for each command line, while its
 * lease lives. All of them carry the lease's name and serial.
 *
 * <p>When it is ended the key is dropped and its connections are closed.
 */
final class SshCredential implements Credential {
  private final String principal;
  private final String operation;
  private final Set<Host> hosts;
  private final Instant end;
  private final Authority authority;
  private final Set<Link> links = new HashSet<>(); // guarded by this
  private @Nullable KeyPair keys; // guarded by this; null once ended

  /**
   * @param operation the only operation it serves; empty for the inventory, which needs no login
   * @param hosts the hosts it may be used on
   */
  SshCredential(
      String principal, String operation, Set<Host> hosts, Instant end, Authority authority) {
    this.principal = principal;
    this.operation = operation;
    this.hosts = Set.copyOf(hosts);
    this.end = end;
    this.authority = authority;
    this.keys = authority.ephemeral();
  }

  @Override
  public String principal() {
    return principal;
  }

  /** The private key, as text that a program would write of it. */
  @Override
  public synchronized List<String> secrets() {
    return keys == null
        ? List.of()
        : List.of(Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded()));
  }

  long serial() {
    return Serials.of(principal, end);
  }

  Set<Host> hosts() {
    return hosts;
  }

  /** Whether its lease is for this operation on this host. */
  boolean covers(String wanted, Host host) {
    return !operation.isEmpty() && operation.equals(wanted) && hosts.contains(host);
  }

  /** A certificate that runs this line on this host and nothing else; empty once it has ended. */
  synchronized Optional<KeyPair> certified(Host host, String line) {
    return Optional.ofNullable(keys)
        .map(pair ->
            authority.certify(
                pair, new Authority.Claims(principal, serial(), Principals.of(host), line, end)));
  }

  /** Has this connection closed when it ends; false when it has ended already. */
  synchronized boolean hold(Link link) {
    return keys != null && links.add(link);
  }

  synchronized void release(Link link) {
    links.remove(link);
  }

  /** Waits for nobody: revocation must not wait for a running command. */
  synchronized void end() {
    keys = null;
    links.forEach(Link::close);
    links.clear();
  }

  @Override
  public String toString() {
    return "SshCredential[" + principal + "]";
  }
}
