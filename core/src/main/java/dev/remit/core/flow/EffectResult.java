package dev.remit.core.flow;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.CallLedger;
import dev.remit.core.execution.Outcome;
import dev.remit.core.value.Value;
import java.util.Optional;

/** What became of an effect. */
sealed interface EffectResult {

  /** It was not admitted; nothing was sent. */
  record NotAdmitted(CallLedger.Admission why) implements EffectResult {}

  /** It was admitted and has its outcome. */
  record Settled(
      Outcome outcome,
      String detail,
      Optional<ReasonCode> reason,
      Value.Obj result,
      boolean isCleaningUp)
      implements EffectResult {}
}
