package dev.remit.server;

import dev.remit.core.execution.Connector;
import dev.remit.core.flow.Ports;
import dev.remit.core.release.ConnectorSpec;
import dev.remit.core.release.Release;
import dev.remit.core.target.ConnectorId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The connectors of the version in force; rebuilt as a whole when another version comes.
 *
 * <p>A connector whose endpoint the server's configuration does not list is left out: its tools are
 * refused, all others go on.
 */
final class ConnectorRegistry implements Ports.Connectors {

  private static final System.Logger LOG = System.getLogger("dev.remit.server");

  private final BiFunction<ConnectorSpec, Release, Connector> factory;
  private volatile Map<ConnectorId, Connector> connectors = Map.of();

  ConnectorRegistry(BiFunction<ConnectorSpec, Release, Connector> factory) {
    this.factory = factory;
  }

  @Override
  public Map<ConnectorId, Connector> all() {
    return connectors;
  }

  /** Builds those of a release; connectors of the earlier one end with their calls. */
  void rebuild(Release release) {
    var fresh = new HashMap<ConnectorId, Connector>();
    for (var spec : release.connectors().values()) {
      try {
        fresh.put(spec.id(), factory.apply(spec, release));
      } catch (RuntimeException e) {
        LOG.log(
            System.Logger.Level.ERROR,
            "connector `" + spec.id() + "` is out of service: " + e.getMessage());
      }
    }
    connectors = Map.copyOf(fresh);
  }
}
