package dev.remit.core.flow;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.call.Call;
import dev.remit.core.call.CallId;
import dev.remit.core.decision.Decision;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.ProposalLedger.Use;
import dev.remit.core.execution.Outcome;
import dev.remit.core.identity.Caller;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Stands between a call that people have to answer and its effect: finds what was asked before,
 * lets a granted one pass if everything still is as it was approved, and ends what went stale.
 */
final class ApprovalGate {

  /** How long an equal call is taken for a repetition of one that was made. */
  private static final Duration REPEATED = Duration.ofMinutes(10);

  private final Ports ports;
  private final Entries entries;
  private final RecentCalls recentCalls;
  private final AnswerCheck check;

  ApprovalGate(Ports ports, Entries entries, RecentCalls recentCalls) {
    this.ports = ports;
    this.entries = entries;
    this.recentCalls = recentCalls;
    this.check = new AnswerCheck(ports.people());
  }

  /** What comes next for a call that needs an approval. */
  sealed interface Next {}

  /** This approval covers it; ask policy again with it held. */
  record Held(Proposal proposal) implements Next {}

  /** It was granted: go the way of a resumed call. */
  record Resume(Proposal proposal) implements Next {}

  /** Nobody was asked, or the last answer serves no more: ask. */
  record Ask(String digest) implements Next {}

  /** There is nothing to do. */
  record Told(CallResult result) implements Next {}

  /** For a call that people must answer, resumed or not. */
  Next next(CallAttempt attempt, Call call, Decision.NeedsApproval needs) {
    var digest = ProposalDigest.of(call, needs, attempt.active());
    return attempt.granted().isPresent()
        ? held(attempt, call, needs, attempt.granted().get(), digest)
        : known(attempt, call, digest);
  }

  private Next held(
      CallAttempt attempt,
      Call call,
      Decision.NeedsApproval needs,
      Proposal granted,
      String digest) {
    if (!granted.digest().equals(digest)) {
      return new Told(stale(attempt.id(), granted, "what was approved has changed"));
    }
    if (!attempt.now().isBefore(end(granted, needs))) {
      return new Told(stale(attempt.id(), granted, "the time to use it is over"));
    }
    // INVARIANT: who has to answer and who may not comes from policy and the call, not from a row.
    var release = attempt.active().release();
    var asked = granted.asking(needs.rules(), CallRecords.parties(call, release));
    var answers = ports.proposals().answers(granted.tenant(), granted.id());
    return check.isGranted(asked, answers, release)
        ? new Held(granted)
        : new Told(stale(attempt.id(), granted, "the answers do not hold any more"));
  }

  /** The latest moment of use, from what was signed and what policy says: no row moves it. */
  private static Instant end(Proposal granted, Decision.NeedsApproval needs) {
    return needs.rules().stream()
        .map(rule -> granted.answerBy().plus(rule.useWithin()))
        .min(Instant::compareTo)
        .orElse(Instant.MIN);
  }

  private Next known(CallAttempt attempt, Call call, String digest) {
    var latest = ports.proposals().latest(call.task().tenant(), call.task().id(), digest);
    if (latest.isEmpty() || !isOf(latest.get(), call.caller())) {
      return new Ask(digest);
    }
    var proposal = latest.get();
    return switch (proposal.stateAt(attempt.now())) {
      case OPEN -> new Told(Judge.waiting(proposal));
      case GRANTED -> new Resume(proposal);
      case CONSUMED -> repeated(attempt, proposal, digest);
      case REFUSED, EXPIRED, WITHDRAWN, STALE -> new Ask(digest);
    };
  }

  private Next repeated(CallAttempt attempt, Proposal proposal, String digest) {
    boolean isSame =
        proposal
            .call()
            .map(Subject.OfCall::idempotencyKey)
            .filter(attempt.request().idempotencyKey()::equals)
            .isPresent();
    var use = ports.proposals().use(proposal.tenant(), proposal.id());
    return use.filter(u -> isSame && u.at().plus(REPEATED).isAfter(attempt.now()))
        .<Next>map(u -> new Told(outcome(u)))
        .orElseGet(() -> new Ask(digest));
  }

  /** Whether the handle is this caller's: agent and running copy. */
  static boolean isOf(Proposal proposal, Caller.Agent caller) {
    return proposal
        .call()
        .filter(call -> call.agent().equals(caller.id()))
        .filter(call -> call.instance().equals(caller.instance()))
        .isPresent();
  }

  /** What became of the call that a used-up approval was for, as often as it is asked. */
  Optional<CallResult> earlier(Proposal proposal) {
    return ports.proposals().use(proposal.tenant(), proposal.id()).map(this::outcome);
  }

  private CallResult outcome(Use use) {
    return recentCalls
        .answerOf(use.call(), ports.sendWithin().toMillis())
        .or(() -> use.outcome().map(outcome -> told(use.call(), outcome)))
        .orElseGet(() -> new CallResult.Joined(use.call()));
  }

  /** What a vendor answered is not kept: it may hold what nobody should store. */
  private static CallResult told(CallId call, Outcome outcome) {
    var words = "this call was made before; what it answered then is not kept";
    var result =
        switch (outcome) {
          case SUCCEEDED, REJECTED ->
              Value.object("content", List.of(Value.object("type", "text", "text", words)));
          case FAILED, UNKNOWN -> Value.Obj.EMPTY;
        };
    return new CallResult.Answered(call, outcome, result, words, false);
  }

  /** Ends what no longer covers the call, so that asking again asks people anew. */
  CallResult stale(CallId call, Proposal proposal, String why) {
    var now = ports.clock().instant();
    ports
        .proposals()
        .end(
            proposal,
            Proposal.State.STALE,
            entries.ofProposal(
                Entry.Kind.PROPOSAL_ENDED,
                proposal,
                now,
                Value.object("state", "stale", "why", why)));
    return new CallResult.Refused(call, ReasonCode.APPROVAL_STALE);
  }

  /** The key under which a resumed call joins itself, and nothing else. */
  static Value joinKey(ProposalId proposal) {
    return Value.object("approval", proposal.value());
  }
}
