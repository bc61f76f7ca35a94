package dev.remit.core.tenant;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A client company as the workspace describes it.
 *
 * @param externalIds by connector name, the one identifier that this tenant has in that system
 */
public record Tenant(
    TenantId id, String name, Map<String, String> externalIds, List<Window> windows) {

  public Tenant {
    externalIds = Map.copyOf(externalIds);
    windows = List.copyOf(windows);
  }

  /** The names of the windows open at this moment, sorted. */
  public Set<String> windowsOpenAt(Instant instant) {
    var open = new TreeSet<String>();
    windows.stream()
        .filter(window -> window.isOpenAt(instant))
        .forEach(window -> open.add(window.name()));
    return open;
  }
}
