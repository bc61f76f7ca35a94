package dev.remit.core.flow;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.call.CallId;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.execution.Outcome;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.List;

/**
 * What an agent is told about a call. Everything in it may be shown to the agent: policy names,
 * other tenants and true reason codes of targets are not in it.
 */
public sealed interface CallResult {

  /**
   * The call was made, and this is its outcome.
   *
   * @param result the MCP result of a success or of a vendor's refusal; empty otherwise
   * @param isCleaningUp whether revocation still goes on in the background
   */
  record Answered(
      CallId call, Outcome outcome, Value.Obj result, String detail, boolean isCleaningUp)
      implements CallResult {}

  /** The same call was made a moment ago; nothing was sent again. */
  record Joined(CallId first) implements CallResult {}

  /** People are asked; {@code from} says whom, such as {@code 1 of msp.senior-technicians}. */
  record Waiting(ProposalId handle, List<String> from, Instant answerBy) implements CallResult {}

  /** Nothing was sent. The agent hears {@code reason.agentCode()} and how to ask. */
  record Refused(CallId call, ReasonCode reason) implements CallResult {}

  /** One call touches at most so many targets; nothing was sent, to none of them. */
  record TooMany(CallId call, int named, int atMost) implements CallResult {}

  /** The arguments are not within the tool's schema; nothing was sent. */
  record InvalidArguments(String message) implements CallResult {}

  /** No such tool for this caller, whether it exists for others or not. */
  record UnknownTool(String tool) implements CallResult {}

  /**
   * What waited for people is over, and nothing was sent.
   *
   * @param state refused, expired or withdrawn
   * @param why in words; what people wrote when they withdrew it
   */
  record Ended(ProposalId handle, Proposal.State state, String why) implements CallResult {}

  /**
   * How far a granted plan has come.
   *
   * @param steps what each step that was begun was told, in their order; the last one is the one it
   *     stopped at, if it stopped
   * @param of how many steps the plan has
   * @param isOver whether nothing more of it will run, ever
   */
  record Planned(ProposalId handle, List<CallResult> steps, int of, boolean isOver)
      implements CallResult {
    public Planned {
      steps = List.copyOf(steps);
    }
  }

  /**
   * Nobody was asked about a plan, because of one of its steps.
   *
   * @param step counted from 1
   */
  record NoPlan(int step, CallResult why) implements CallResult {}
}
