package dev.remit.web.http;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which {@code Host} and {@code Origin} a listener answers (MCP 2026-07-28, transports, security:
 * DNS rebinding).
 *
 * <p>An origin is allowed when it is listed, or when it is the listener's own: plain HTTP at
 * exactly the allowed host of the same request. No origin at all is allowed: it is not a browser.
 */
public record HostRule(Set<String> hosts, Set<String> origins) {

  public HostRule {
    hosts = lower(hosts);
    origins = lower(origins);
  }

  /** Whether this is a name of ours, with any port unless the list names one. */
  public boolean allowsHost(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return hosts.contains(lower) || hosts.contains(withoutPort(lower));
  }

  /** Whether pages of this origin may send requests to this host. */
  public boolean allowsOrigin(Optional<String> origin, String host) {
    if (origin.isEmpty()) {
      return true;
    }
    String lower = origin.get().toLowerCase(Locale.ROOT);
    return origins.contains(lower) || lower.equals("http://" + host.toLowerCase(Locale.ROOT));
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    boolean isPort =
        colon > 0 && colon < host.length() - 1 && host.substring(colon + 1).matches("[0-9]{1,5}");
    return isPort ? host.substring(0, colon) : host;
  }

  private static Set<String> lower(Set<String> names) {
    var lower = new TreeSet<String>();
    names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
    return Set.copyOf(lower);
  }
}
