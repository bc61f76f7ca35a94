package dev.remit.core.flow;

import dev.remit.core.evidence.Entry;
import dev.remit.core.execution.Connector;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells the evidence when an upstream's tool is not as it was accepted, and when it is again. The
 * tool is out as long as that is so; taking it in again is a new version of the workspace.
 */
final class PinWatch {

  private static final int LINES = 40;

  private final Ports ports;
  private final Entries entries;

  /** What was told last; another replica and a new process tell it once more. */
  private final Map<ConnectorId, Map<String, List<String>>> told = new ConcurrentHashMap<>();

  PinWatch(Ports ports, Entries entries) {
    this.ports = ports;
    this.entries = entries;
  }

  /** Looks at what the connector found when it listed its upstream's tools last. */
  void look(Connector connector) {
    var now = Map.copyOf(connector.toolDifferences());
    var before = told.getOrDefault(connector.id(), Map.of());
    if (now.equals(before)) {
      return;
    }
    now.forEach((tool, lines) -> {
      if (!lines.equals(before.get(tool))) {
        tell(connector.id(), tool, true, lines);
      }
    });
    before.keySet().stream()
        .filter(tool -> !now.containsKey(tool))
        .forEach(tool -> tell(connector.id(), tool, false, List.of()));
    told.put(connector.id(), now);
  }

  private void tell(ConnectorId connector, String name, boolean isOut, List<String> lines) {
    var tool = ports.releases().active().release().tools().get(name);
    ports
        .journal()
        .append(
            entries.of(
                Entry.Kind.TOOL_CHANGED,
                TenantId.OPERATOR,
                ports.clock().instant(),
                Value.object(
                    "connector",
                    connector.value(),
                    "tool",
                    name,
                    "pin",
                    tool == null ? "" : tool.pin(),
                    "isOut",
                    isOut),
                Value.object("differences", Value.texts(lines.stream().limit(LINES).toList()))));
  }
}
