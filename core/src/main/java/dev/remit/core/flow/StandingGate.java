package dev.remit.core.flow;

import dev.remit.core.approval.Parties;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.Subject;
import dev.remit.core.call.Call;
import dev.remit.core.decision.Decision;
import dev.remit.core.identity.Grade;
import dev.remit.core.release.Release;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the standing approval that covers a call, looking at it as if nobody had looked before: a
 * row is nothing, the answers signed over exactly this are all.
 */
final class StandingGate {

  private final Ports ports;
  private final AnswerCheck check;

  StandingGate(Ports ports, AnswerCheck check) {
    this.ports = ports;
    this.check = check;
  }

  /** One use of a standing approval, for this call; what is not used stays free for another. */
  Optional<Granted> covers(CallAttempt attempt, Call call, Decision.NeedsApproval needs) {
    var release = attempt.active().release();
    if (!isLow(call, release) || call.task().lineage().depth() > 0) {
      return Optional.empty(); // people who answered beforehand had one agent before them
    }
    var tenant = call.task().tenant();
    for (var stored : ports.proposals().standing(tenant, Optional.of(StandingDigest.act(call)))) {
      var proposal = stored.proposal();
      if (proposal.subject() instanceof Subject.OfStanding subject
          && proposal.stateAt(attempt.now()) == Proposal.State.GRANTED
          && isOf(attempt, call, needs, proposal, subject)
          && isGranted(call, needs, release, proposal, subject)) {
        int use =
            ports.proposals().openUse(proposal, call.task().id(), subject.uses(), attempt.now());
        if (use > 0) {
          return Optional.of(new Granted(proposal, use));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether both the act and the kind of task are below {@code high}. */
  static boolean isLow(Call call, Release release) {
    return call.tool().effect() == Grade.LOW
        && release
            .taskClass(call.task().taskClass(), call.task().tenant())
            .filter(taskClass -> taskClass.risk().compareTo(Grade.LOW) <= 0)
            .isPresent();
  }

  private static boolean isOf(
      CallAttempt attempt,
      Call call,
      Decision.NeedsApproval needs,
      Proposal proposal,
      Subject.OfStanding subject) {
    return attempt.now().isBefore(subject.until())
        && subject.uses() <= Standing.MOST_USES
        && subject.agent().equals(call.caller().id())
        && proposal.digest().equals(StandingDigest.of(call.task().tenant(), subject))
        && subject
            .match()
            .equals(StandingDigest.match(call, subject.free(), needs, attempt.active()));
  }

  /** Who has to answer and who may not comes from policy and the call, not from a row. */
  private boolean isGranted(
      Call call,
      Decision.NeedsApproval needs,
      Release release,
      Proposal proposal,
      Subject.OfStanding subject) {
    var parties = CallRecords.parties(call, release);
    var asked =
        proposal.asking(
            needs.rules(),
            new Parties(
                parties.requester(),
                parties.owner(),
                parties.isDecided(),
                Set.copyOf(parties.authors()),
                Optional.of(subject.asker())));
    var answers = ports.proposals().answers(proposal.tenant(), proposal.id());
    return check.isGranted(asked, answers, release);
  }
}
