package dev.remit.connectors.ssh;

import dev.remit.connectors.ssh.HostException.Kind;
import dev.remit.connectors.ssh.SshEndpoint.Host;
import dev.remit.core.execution.Connector.VendorException;
import dev.remit.core.lease.Broker;
import dev.remit.core.lease.Credential;
import dev.remit.core.lease.Lease;
import dev.remit.core.value.InvalidValueException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * OpenSSH user certificates: a key pair in memory, for which a certificate is signed when the exact
 * command is known.
 *
 * <p>Making one leaves nothing at the host, so there is nothing to adopt and nothing to list but
 * running processes: {@link #present} names leases whose processes run. Where hosts take revocation
 * lists, revoking puts the serial on the list, kills what runs, reads both back, and has a login
 * with the same serial refused; the lease's name and end are enough for all of it. Where they do
 * not, a certificate is over when it has expired and the host's own time limit has ended its
 * command.
 */
final class CertificateBroker implements Broker {
  private final String prefix;
  private final String account;
  private final SshEndpoint endpoint;
  private final Links links;
  private final Authority authority;
  private final RevocationLists lists;
  private final Duration skew;
  private final InstantSource clock;

  CertificateBroker(
      String prefix,
      String account,
      SshEndpoint endpoint,
      Links links,
      Authority authority,
      Duration skew,
      InstantSource clock) {
    this.prefix = prefix;
    this.account = account;
    this.endpoint = endpoint;
    this.links = links;
    this.authority = authority;
    this.lists = new RevocationLists(links, authority, clock);
    this.skew = skew;
    this.clock = clock;
  }

  @Override
  public Revocation revocation() {
    return endpoint.isRevocable() ? Revocation.IMMEDIATE : Revocation.EXPIRY_ONLY;
  }

  @Override
  public Issued issue(Lease lease) {
    if (!isOurs(lease.principal())) {
      return new NotMade("the principal's name is not one of this installation");
    }
    if (!clock.instant().isBefore(lease.end())) {
      return new NotMade("the lease is over");
    }
    try {
      return isInventory(lease) ? made(lease, "", Set.of()) : issueFor(lease);
    } catch (InvalidValueException e) {
      return new NotMade(words(e));
    }
  }

  private static String words(InvalidValueException e) {
    return String.valueOf(e.getMessage());
  }

  private Issued issueFor(Lease lease) {
    var operation = lease.scope().text("operation").orElse("");
    var hosts = hosts(lease);
    if (operation.isEmpty() || hosts.isEmpty()) {
      return new NotMade("the lease names no operation on a host; none is not all");
    }
    var objections = EachHost.of(hosts, host -> objection(lease, host));
    var ready =
        hosts.stream()
            .filter(host -> objections.getOrDefault(host, Optional.of("")).isEmpty())
            .collect(Collectors.toSet());
    return ready.isEmpty()
        ? new NotMade(objections.values().stream().flatMap(Optional::stream).findFirst().orElse(""))
        : made(lease, operation, ready);
  }

  private Issued made(Lease lease, String operation, Set<Host> hosts) {
    return new Made(new SshCredential(lease.principal(), operation, hosts, lease.end(), authority));
  }

  /** Why a host is not ready: the right to revoke, or to log in, is tried before it is needed. */
  private Optional<String> objection(Lease lease, Host host) {
    try {
      if (!endpoint.isRevocable()) {
        login(host, lease.principal(), serial(lease), lease.end());
      } else if (lists.look(host).list().serials().contains(serial(lease))) {
        return Optional.of("this lease was revoked already");
      }
      return Optional.empty();
    } catch (HostException e) {
      return Optional.of(e.words());
    }
  }

  /** Logs in with a certificate of this name and serial that can do nothing. */
  private void login(Host host, String principal, long serial, Instant end) throws HostException {
    var claims = new Authority.Claims(principal, serial, Principals.of(host), ":", end);
    try (var link = links.open(host, account)) {
      link.login(authority.certify(authority.ephemeral(), claims));
    }
  }

  @Override
  public Ended revoke(Lease lease, Optional<Credential> credential) {
    var held = credential.filter(SshCredential.class::isInstance).map(SshCredential.class::cast);
    held.ifPresent(SshCredential::end);
    if (!isOurs(lease.principal())) {
      return new Lingering("not a principal of this installation");
    }
    if (isInventory(lease)) {
      return new Gone("no certificate can be made under it");
    }
    var hosts = held.map(ssh -> (Collection<Host>) ssh.hosts()).orElseGet(() -> hosts(lease));
    if (endpoint.isRevocable() && !hosts.isEmpty()) {
      return together(
          EachHost.of(hosts, host -> end(host, lease.principal(), serial(lease))).values());
    }
    return clock.instant().isAfter(lease.end().plus(skew))
        ? new Gone("expired with its lease at " + lease.end())
        : new Lingering("it expires with its lease at " + lease.end());
  }

  private Ended end(Host host, String principal, long serial) {
    try {
      var seen = lists.revoke(host, principal, serial);
      if (seen.sessions().containsKey(principal)) {
        return new Lingering("host `" + host.name() + "`: what runs under it cannot be ended");
      }
      boolean isExpired = clock.instant().isAfter(Serials.end(serial).plus(skew));
      if (!isExpired && !seen.list().serials().contains(serial)) {
        return new Lingering("host `" + host.name() + "`: the list does not take its serial");
      }
      return isExpired
          ? new Gone("host `" + host.name() + "`: expired, and nothing runs under it")
          : refused(host, principal, serial);
    } catch (HostException e) {
      return new Lingering(e.words());
    } catch (InvalidValueException e) {
      return new Lingering(words(e));
    }
  }

  private Ended refused(Host host, String principal, long serial) throws HostException {
    try {
      login(host, principal, serial, Serials.end(serial));
      return new Lingering(
          "host `" + host.name() + "` still lets it in: name the list as RevokedKeys of its sshd");
    } catch (HostException e) {
      if (e.kind() != Kind.REFUSED) {
        throw e;
      }
      return new Gone(
          "host `"
              + host.name()
              + "`: its serial is on the list, a login with it was refused, and nothing runs under"
              + " it");
    }
  }

  private static Ended together(Collection<Ended> all) {
    var open =
        all.stream()
            .filter(Lingering.class::isInstance)
            .map(ended -> ((Lingering) ended).detail())
            .toList();
    return open.isEmpty()
        ? new Gone(
            all.stream().map(ended -> ((Gone) ended).proof()).collect(Collectors.joining("; ")))
        : new Lingering(String.join("; ", open));
  }

  /**
   * Leases whose processes run at hosts that answer; certificates themselves have no place there.
   */
  @Override
  public Set<String> present() {
    if (!endpoint.isRevocable()) {
      return Set.of();
    }
    var seen = EachHost.of(endpoint.hosts(), this::sessions);
    if (seen.values().stream().allMatch(Optional::isEmpty)) {
      throw new VendorException("no host answers");
    }
    var names = new TreeSet<String>();
    seen.values().stream().flatMap(Optional::stream).forEach(s -> names.addAll(s.keySet()));
    names.removeIf(name -> !isOurs(name));
    return names;
  }

  private Optional<java.util.Map<String, Set<Long>>> sessions(Host host) {
    try {
      return Optional.of(lists.look(host).sessions());
    } catch (HostException e) {
      return Optional.empty();
    }
  }

  /** Ends what runs under a name that has no lease; the mark of its processes tells the serial. */
  @Override
  public Ended remove(String principal) {
    if (!isOurs(principal)) {
      return new Lingering("not a principal of this installation");
    }
    if (!endpoint.isRevocable()) {
      return new Lingering("these hosts cannot be asked; certificates expire");
    }
    return together(EachHost.of(endpoint.hosts(), host -> remove(host, principal)).values());
  }

  private Ended remove(Host host, String principal) {
    var found = sessions(host);
    if (found.isEmpty()) {
      return new Lingering("host `" + host.name() + "` does not answer");
    }
    var serials = found.get().getOrDefault(principal, Set.of());
    return serials.isEmpty()
        ? new Gone("host `" + host.name() + "`: nothing runs under it")
        : together(serials.stream().map(serial -> end(host, principal, serial)).toList());
  }

  private boolean isOurs(String principal) {
    return principal.startsWith(prefix) && principal.matches("[a-z0-9_]{1,63}");
  }

  private static boolean isInventory(Lease lease) {
    return lease.scope().text("use").filter("inventory"::equals).isPresent();
  }

  private List<Host> hosts(Lease lease) {
    var owner = lease.scope().text("owner").orElse("");
    return endpoint.hosts().stream().filter(host -> host.owner().equals(owner)).toList();
  }

  private static long serial(Lease lease) {
    return Serials.of(lease.principal(), lease.end());
  }
}
