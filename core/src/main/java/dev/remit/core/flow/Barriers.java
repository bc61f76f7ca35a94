package dev.remit.core.flow;

import dev.remit.core.call.Call;
import dev.remit.core.connection.Connections;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.release.Release;
import java.util.Optional;

/** What stands in the way of a permitted call all the same, just before its effect. */
final class Barriers {

  private final WitnessedHead witnessedHead;
  private final Connections connections;

  Barriers(Ports ports, Connections connections) {
    this.witnessedHead = new WitnessedHead(ports.journal(), ports.clock());
    this.connections = connections;
  }

  /** Why this call makes no effect now; an answer that cannot be had is an exception. */
  Optional<ReasonCode> before(Call call, Release release) {
    if (connections.isOut(call.tool().connector())) {
      return Optional.of(ReasonCode.CONNECTOR_UNVERIFIED);
    }
    return witnessedHead.isMissing(call, release)
        ? Optional.of(ReasonCode.EVIDENCE_UNAVAILABLE)
        : Optional.empty();
  }
}
