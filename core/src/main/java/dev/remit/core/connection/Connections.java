package dev.remit.core.connection;

import dev.remit.core.target.ConnectorId;
import dev.remit.core.value.Value;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What each connection of this process was found to be; asked by every call, so in memory. Each
 * replica looks for itself. Thread-safe.
 */
public final class Connections {

  private final Map<ConnectorId, ConnectionState> states = new ConcurrentHashMap<>();

  /** Whether no call may go there just now. One that was never looked at is not out. */
  public boolean isOut(ConnectorId connector) {
    var state = states.get(connector);
    return state != null && state.isOut();
  }

  /** The last look at it. */
  public Optional<ConnectionState> of(ConnectorId connector) {
    return Optional.ofNullable(states.get(connector));
  }

  /** Remembers a look; answers the one before. */
  public Optional<ConnectionState> put(ConnectionState state) {
    return Optional.ofNullable(states.put(state.connector(), state));
  }

  /** All of them by name, for the posture. */
  public Value.Obj value() {
    var all = new TreeMap<String, Value>();
    states.forEach((connector, state) -> all.put(connector.value(), state.value()));
    return new Value.Obj(all);
  }
}
