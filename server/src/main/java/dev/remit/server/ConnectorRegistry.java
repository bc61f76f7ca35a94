package dev.remit.server;

import dev.remit.core.execution.Connector;
import dev.remit.core.flow.Ports;
import dev.remit.core.release.ConnectorSpec;
import dev.remit.core.release.Release;
import dev.remit.core.target.ConnectorId;
import java.time.Duration;
import java.util.Collection;
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

  /** Longer than any call runs: its connector must serve its last reading too. */
  private static final Duration LONGEST_CALL = Duration.ofMinutes(15);

  private final BiFunction<ConnectorSpec, Release, Connector> factory;
  private final Duration rest;
  private volatile Map<ConnectorId, Connector> connectors = Map.of();

  ConnectorRegistry(BiFunction<ConnectorSpec, Release, Connector> factory) {
    this(factory, LONGEST_CALL);
  }

  ConnectorRegistry(BiFunction<ConnectorSpec, Release, Connector> factory, Duration rest) {
    this.factory = factory;
    this.rest = rest;
  }

  @Override
  public Map<ConnectorId, Connector> all() {
    return connectors;
  }

  /**
   * Builds those of a release, but for those that are only declared; connectors of the earlier one
   * are closed after their last call.
   */
  void rebuild(Release release) {
    var fresh = new HashMap<ConnectorId, Connector>();
    for (var spec : release.connectors().values()) {
      if (spec.isDeclared()) {
        continue;
      }
      try {
        fresh.put(spec.id(), factory.apply(spec, release));
      } catch (RuntimeException e) {
        LOG.log(
            System.Logger.Level.ERROR,
            "connector `" + spec.id() + "` is out of service: " + e.getMessage());
      }
    }
    var replaced = connectors;
    connectors = Map.copyOf(fresh);
    Thread.ofVirtual().name("closing-connectors").start(() -> close(replaced.values()));
  }

  private void close(Collection<Connector> replaced) {
    try {
      Thread.sleep(rest);
    } catch (InterruptedException e) {
      return;
    }
    for (var connector : replaced) {
      if (connector instanceof AutoCloseable open) {
        try {
          open.close();
        } catch (Exception e) {
          LOG.log(
              System.Logger.Level.WARNING,
              "connector `" + connector.id() + "` did not close: " + e.getMessage());
        }
      }
    }
  }
}
