package dev.remit.core.flow;

import dev.remit.core.execution.Connector.Ticket;
import dev.remit.core.execution.Execution;
import dev.remit.core.execution.Execution.Done;
import dev.remit.core.execution.Execution.Failed;
import dev.remit.core.execution.Execution.Rejected;
import dev.remit.core.execution.Execution.Unknown;
import dev.remit.core.flow.Work.Performed;
import dev.remit.core.secret.SecretCheck;
import dev.remit.core.secret.SecretCheck.Cleaned;
import dev.remit.core.target.Reading;
import dev.remit.core.value.Value;

/** Takes secrets out of what a target said, before it is stored or told to anybody. */
final class Cleaning {

  private Cleaning() {}

  /** What was done, without secrets; {@code withheld} says how many its answer held. */
  static Performed of(Performed performed, SecretCheck secrets) {
    return switch (performed.execution()) {
      case Done(Value.Obj result, var proofs) -> {
        var left = secrets.clean(result);
        yield with(performed, new Done(left.value(), proofs), left.removed(), secrets);
      }
      case Rejected(String detail, Value.Obj result, boolean isInOwnWords) -> {
        var left = secrets.clean(result);
        var told = new Rejected(secrets.clean(detail), left.value(), isInOwnWords);
        yield with(performed, told, left.removed(), secrets);
      }
      case Failed(String detail) -> with(performed, new Failed(secrets.clean(detail)), 0, secrets);
      case Unknown(String detail) ->
          with(performed, new Unknown(secrets.clean(detail)), 0, secrets);
    };
  }

  private static Performed with(
      Performed performed, Execution execution, int removed, SecretCheck secrets) {
    var withheld = performed.withheld();
    return new Performed(
        execution,
        performed.reason(),
        secrets.clean(performed.proofs()).value(),
        performed.isUntrusted(),
        removed == 0 ? withheld : withheld.with("secrets", Value.of(removed)));
  }

  /** A record without secrets. */
  static Reading of(Reading reading, SecretCheck secrets) {
    Cleaned left = secrets.clean(reading.attributes());
    return left.removed() == 0
        ? reading
        : new Reading(
            reading.ref(), reading.owner(), left.value(), reading.binding(), reading.version());
  }

  /** A ticket without secrets. */
  static Ticket of(Ticket ticket, SecretCheck secrets) {
    return new Ticket(
        ticket.id(),
        ticket.owner(),
        secrets.clean(ticket.requester()),
        ticket.isOpenedByPerson(),
        ticket.isOpen(),
        secrets.clean(ticket.subject()));
  }
}
