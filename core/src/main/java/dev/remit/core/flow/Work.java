package dev.remit.core.flow;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Execution;
import dev.remit.core.execution.SendBy;
import dev.remit.core.lease.Credential;
import dev.remit.core.value.Value;
import java.util.Optional;

/** What is done with a credential between its beginning and its end. */
@FunctionalInterface
interface Work {

  /**
   * Does it; exceptions other than a vendor being away before anything was sent count as unknown.
   */
  Performed perform(Credential credential, SendBy sendBy, Cut cut);

  /**
   * What was done.
   *
   * @param reason why no effect was made or nothing may be released, if that is so
   * @param proofs what the targets' records said before and after
   * @param isUntrusted whether what is told may hold words of outsiders
   * @param withheld what of the answer may not be told, by class
   */
  record Performed(
      Execution execution,
      Optional<ReasonCode> reason,
      Value.Obj proofs,
      boolean isUntrusted,
      Value.Obj withheld) {

    Performed(Execution execution, Optional<ReasonCode> reason, Value.Obj proofs) {
      this(execution, reason, proofs, false, Value.Obj.EMPTY);
    }

    static Performed of(Execution execution) {
      return new Performed(execution, Optional.empty(), Value.Obj.EMPTY);
    }

    /** Nothing was sent, because it is too late or the call was cut; empty while it may be sent. */
    static Optional<Performed> unsent(SendBy sendBy, Cut cut) {
      if (cut.isCut()) {
        return Optional.of(
            new Performed(
                new Execution.Failed("cut before it was sent: " + cut.reason().orElse("")),
                cut.reason().flatMap(Stops::reason),
                Value.Obj.EMPTY));
      }
      return sendBy.isPast()
          ? Optional.of(of(new Execution.Failed("too late to send")))
          : Optional.empty();
    }
  }
}
