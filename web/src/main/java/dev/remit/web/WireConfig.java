package dev.remit.web;

import dev.remit.core.value.InvalidValueException;
import dev.remit.web.http.HostRule;
import dev.remit.web.http.Limits;
import dev.remit.web.people.PeopleSite;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the two listeners are reached and how much they take.
 *
 * <p>Promises: nothing in it permits by being absent. An empty host list answers nobody, an empty
 * origin list no other site's browser, and a limit of zero is refused.
 *
 * @param publicUrl the machines' listener as clients see it, without a path; when absent it is
 *     taken from the (checked) {@code Host} of each request
 * @param authorizationServers issuers named in the resource metadata (RFC 9728)
 * @param secured the machines' listener over TLS, if there is one
 */
public record WireConfig(
    Listener machines,
    Listener people,
    Limits limits,
    Optional<URI> publicUrl,
    List<String> authorizationServers,
    Optional<Secured> secured) {

  /** Names under which a process on the same machine reaches a loopback listener. */
  private static final Set<String> LOOPBACK_HOSTS = Set.of("127.0.0.1", "localhost", "[::1]");

  public WireConfig {
    authorizationServers = List.copyOf(authorizationServers);
  }

  /** Both listeners on 127.0.0.1 with default limits; port 0 takes a free one. */
  public static WireConfig loopback(int machinesPort, int peoplePort) {
    return new WireConfig(
        Listener.loopback(machinesPort),
        Listener.loopback(peoplePort),
        Limits.DEFAULT,
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  /** The same with other limits. */
  public WireConfig with(Limits other) {
    return new WireConfig(machines, people, other, publicUrl, authorizationServers, secured);
  }

  /** The same with these issuers in the resource metadata. */
  public WireConfig withAuthorizationServers(List<String> issuers) {
    return new WireConfig(machines, people, limits, publicUrl, issuers, secured);
  }

  /** The same, with this listener over TLS beside the machines' own. */
  public WireConfig with(Secured other) {
    return new WireConfig(
        machines, people, limits, publicUrl, authorizationServers, Optional.of(other));
  }

  /**
   * One listener.
   *
   * @param address the local address to bind
   * @param hosts names allowed in {@code Host}, with or without a port; without one any port fits
   * @param origins allowed in {@code Origin} beside the listener's own
   */
  public record Listener(String address, int port, Set<String> hosts, Set<String> origins) {

    public Listener {
      hosts = Set.copyOf(hosts);
      origins = Set.copyOf(origins);
      if (port < 0 || port > 65_535) {
        throw new InvalidValueException("port `" + port + "` is not between 0 and 65535");
      }
      if (address.isBlank()) {
        throw new InvalidValueException("a listener needs an address to bind, such as 127.0.0.1");
      }
    }

    /** On 127.0.0.1, for processes of the same machine. */
    public static Listener loopback(int port) {
      return new Listener("127.0.0.1", port, LOOPBACK_HOSTS, Set.of());
    }

    /** The same, for the site under which people find it too. */
    Listener with(PeopleSite site) {
      var names = new HashSet<>(hosts);
      names.add(site.host());
      var pages = new HashSet<>(origins);
      pages.add(site.origin());
      return new Listener(address, port, names, pages);
    }

    HostRule rule() {
      return new HostRule(hosts, origins);
    }
  }
}
