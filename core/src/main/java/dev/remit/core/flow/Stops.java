package dev.remit.core.flow;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.CallLedger.Admission;
import dev.remit.core.evidence.CallLedger.Refused;
import dev.remit.core.kill.KillOrder;
import dev.remit.core.kill.Kills;
import java.util.List;
import java.util.Optional;

/**
 * Names a stop as what it is. The ledger refuses under kills and holds alike; which of them it was
 * is looked up afterwards and decides nothing.
 */
final class Stops {

  private final Kills kills;

  Stops(Kills kills) {
    this.kills = kills;
  }

  /** The same admission, with a hold called a hold. */
  Admission named(Admission admission, List<String> scopes) {
    return admission instanceof Refused(ReasonCode reason)
        ? new Refused(named(reason, scopes))
        : admission;
  }

  /** {@code HELD} for {@code KILLED} where holds alone are in force. */
  ReasonCode named(ReasonCode reason, List<String> scopes) {
    if (reason != ReasonCode.KILLED) {
      return reason;
    }
    try {
      var covering = kills.active().stream().filter(stop -> stop.covers(scopes)).toList();
      boolean isHeld =
          !covering.isEmpty()
              && covering.stream().allMatch(stop -> stop.mode() == KillOrder.Mode.HOLD);
      return isHeld ? ReasonCode.HELD : reason;
    } catch (RuntimeException e) {
      return reason;
    }
  }

  /** The reason code of a cut; empty when no stop cut it. */
  static Optional<ReasonCode> reason(String cut) {
    return switch (cut) {
      case RunningCalls.KILLED -> Optional.of(ReasonCode.KILLED);
      case RunningCalls.HELD -> Optional.of(ReasonCode.HELD);
      default -> Optional.empty();
    };
  }
}
