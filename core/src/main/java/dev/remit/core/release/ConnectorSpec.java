package dev.remit.core.release;

import dev.remit.core.call.ScopeTruth;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.value.Value;

/**
 * A connector as the workspace describes it.
 *
 * @param kind which implementation speaks to it, such as {@code http}; {@code declared} for none
 * @param endpoint a name that the server's own configuration must list, never an address; empty
 *     where it is only declared
 * @param settings what only that implementation understands, already checked against its schema
 */
public record ConnectorSpec(
    ConnectorId id,
    String system,
    String kind,
    String owner,
    ScopeTruth scopeTruth,
    String endpoint,
    Value.Obj settings) {
  private static final String DECLARED = "declared";

  /**
   * Whether it is only declared: policy knows its tools, no agent is shown one, and nothing is
   * sent.
   */
  public boolean isDeclared() {
    return kind.equals(DECLARED);
  }

  /** The same as if an implementation spoke to it, to try what policy would say then. */
  public ConnectorSpec connected() {
    return new ConnectorSpec(id, system, "connected", owner, scopeTruth, endpoint, settings);
  }

  /** The same with another scope truth. */
  public ConnectorSpec with(ScopeTruth other) {
    return new ConnectorSpec(id, system, kind, owner, other, endpoint, settings);
  }
}
