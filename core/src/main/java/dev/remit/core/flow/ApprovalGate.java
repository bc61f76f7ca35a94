package dev.remit.core.flow;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.Subject;
import dev.remit.core.call.Call;
import dev.remit.core.call.CallId;
import dev.remit.core.call.Sha256;
import dev.remit.core.decision.Decision;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.ProposalLedger.Use;
import dev.remit.core.execution.Outcome;
import dev.remit.core.identity.Caller;
import dev.remit.core.release.Releases;
import dev.remit.core.task.TaskClass.AskRule;
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
  private final StandingGate standing;

  ApprovalGate(Ports ports, Entries entries, RecentCalls recentCalls) {
    this.ports = ports;
    this.entries = entries;
    this.recentCalls = recentCalls;
    this.check = new AnswerCheck(ports.people());
    this.standing = new StandingGate(ports, check);
  }

  /** What comes next for a call that needs an approval. */
  sealed interface Next {}

  /** This approval covers it; ask policy again with it held. */
  record Held(Granted granted) implements Next {}

  /** It was granted: go the way of a resumed call. */
  record Resume(Proposal proposal) implements Next {}

  /** Nobody was asked, or the last answer serves no more: ask. */
  record Ask(String digest) implements Next {}

  /** There is nothing to do. */
  record Told(CallResult result) implements Next {}

  /** For a call that people must answer, resumed or not. */
  Next next(CallAttempt attempt, Call call, Decision.NeedsApproval needs) {
    return attempt.granted().isPresent()
        ? held(attempt, call, needs, attempt.granted().get())
        : standing(attempt, call, needs, ProposalDigest.of(call, needs, attempt.active()));
  }

  /** Where people would be asked, an answer that they gave beforehand may cover it. */
  private Next standing(
      CallAttempt attempt, Call call, Decision.NeedsApproval needs, String digest) {
    var next = known(attempt, call, digest);
    return next instanceof Ask
        ? standing.covers(attempt, call, needs).<Next>map(Held::new).orElse(next)
        : next;
  }

  /** For a call that policy lets go alone: only a step of a plan goes on, if it is still that. */
  Next next(CallAttempt attempt, Call call, Decision.Permit permit, Granted granted) {
    return granted.isStep()
        ? held(attempt, call, permit, granted)
        : new Told(stale(attempt.id(), granted.proposal(), "policy asks no more"));
  }

  private Next held(CallAttempt attempt, Call call, Decision decision, Granted granted) {
    var proposal = granted.proposal();
    if (!isStill(granted, call, decision, attempt.active())) {
      return new Told(stale(attempt.id(), proposal, "what was approved has changed"));
    }
    // INVARIANT: who has to answer and who may not comes from policy and the call, not from a row;
    // a plan's rules are those of its digest, which each of its steps is held to.
    var rules =
        decision instanceof Decision.NeedsApproval needs && !granted.isStep()
            ? needs.rules()
            : proposal.rules();
    if (!attempt.now().isBefore(end(proposal, rules))) {
      return new Told(stale(attempt.id(), proposal, "the time to use it is over"));
    }
    var release = attempt.active().release();
    var asked = proposal.asking(rules, CallRecords.parties(call, release));
    var answers = ports.proposals().answers(proposal.tenant(), proposal.id());
    return check.isGranted(asked, answers, release)
        ? new Held(granted)
        : new Told(stale(attempt.id(), proposal, "the answers do not hold any more"));
  }

  private static boolean isStill(
      Granted granted, Call call, Decision decision, Releases.Active active) {
    if (granted.isStep()) {
      return PlanDigest.isStill(granted.proposal(), granted.step(), call, decision, active);
    }
    return decision instanceof Decision.NeedsApproval needs
        && granted.proposal().digest().equals(ProposalDigest.of(call, needs, active));
  }

  /** The latest moment of use, from what was signed and what policy says: no row moves it. */
  private static Instant end(Proposal granted, List<AskRule> rules) {
    return rules.stream()
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
      case OPEN -> {
        ports.proposals().askedAgain(proposal);
        yield new Told(Judge.waiting(proposal));
      }
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
  static boolean isOf(Proposal proposal, Caller.Worker caller) {
    return proposal
        .ofAgent()
        .filter(call -> call.agent().equals(caller.id()))
        .filter(call -> call.instance().equals(caller.instance()))
        .filter(call -> caller.speaksFor(call.task().value()))
        .isPresent();
  }

  /** What became of the call that a used-up approval was for, as often as it is asked. */
  Optional<CallResult> earlier(Granted granted) {
    return ports.proposals().use(granted.proposal().tenant(), granted.use()).map(this::outcome);
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

  /** An approval is used by one call: whoever comes with it again joins that one. */
  static Optional<String> joinKey(Call call, CallAttempt attempt, boolean isRead) {
    var single = attempt.granted().filter(granted -> !granted.isStanding());
    if (single.isPresent()) {
      return Optional.of(Sha256.of(joinKey(single.get())));
    }
    var key = attempt.request().idempotencyKey().orElse("");
    return isRead
        ? Optional.empty()
        : Optional.of(Sha256.of(Value.object("digest", call.digest(), "key", key)));
  }

  /** The key under which a resumed call joins itself, and nothing else. */
  private static Value joinKey(Granted granted) {
    return Value.object("approval", granted.use().value());
  }
}
