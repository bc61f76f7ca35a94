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
 * @param data by provider of models, the classes of data that may go there; none unless named
 * @param retention how long the bodies of its entries are kept
 */
public record Tenant(
    TenantId id,
    String name,
    Map<String, String> externalIds,
    List<Window> windows,
    Map<String, Set<DataClass>> data,
    Retention retention) {

  /** A tenant that lets no data go to any model. */
  public Tenant(TenantId id, String name, Map<String, String> externalIds, List<Window> windows) {
    this(id, name, externalIds, windows, Map.of(), Retention.FOR_EVER);
  }

  /** A tenant whose bodies are kept for ever. */
  public Tenant(
      TenantId id,
      String name,
      Map<String, String> externalIds,
      List<Window> windows,
      Map<String, Set<DataClass>> data) {
    this(id, name, externalIds, windows, data, Retention.FOR_EVER);
  }

  public Tenant {
    data = Map.copyOf(data);
    externalIds = Map.copyOf(externalIds);
    windows = List.copyOf(windows);
  }

  /** The same tenant with other windows. */
  public Tenant with(List<Window> others) {
    return new Tenant(id, name, externalIds, others, data, retention);
  }

  /** The classes of data that may go to this provider of models. */
  public Set<DataClass> releasedTo(String modelProvider) {
    return data.getOrDefault(modelProvider, Set.of());
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
