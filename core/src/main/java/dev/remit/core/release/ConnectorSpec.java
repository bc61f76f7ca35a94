package dev.remit.core.release;

import dev.remit.core.call.ScopeTruth;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.value.Value;

/**
 * A connector as the workspace describes it.
 *
 * @param kind which implementation speaks to it: {@code http}, {@code mcp} or {@code postgres}
 * @param endpoint a name that the server's own configuration must list; never an address
 * @param settings what only that implementation understands, already checked against its schema
 */
public record ConnectorSpec(
    ConnectorId id,
    String system,
    String kind,
    String owner,
    ScopeTruth scopeTruth,
    String endpoint,
    Value.Obj settings) {}
