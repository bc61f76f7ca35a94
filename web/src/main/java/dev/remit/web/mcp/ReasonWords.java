package dev.remit.web.mcp;

import dev.remit.core.decision.ReasonCode;

/** How an agent may go on after a refusal. Reasons that sound alike have the same words. */
final class ReasonWords {

  private ReasonWords() {}

  /** One sentence for the agent. */
  static String hint(ReasonCode reason) {
    return switch (reason) {
      case TENANT_MISMATCH, TENANT_UNKNOWN, TARGET_UNKNOWN, TARGET_STALE, TARGET_AMBIGUOUS ->
          "check the identifier; if it is right, ask the owner of your task to look at the target";
      case NO_PERMIT, GUARDRAIL, POLICY_ERROR ->
          "policy does not allow this call; ask the owner of your agent if the work needs it";
      case ENVIRONMENT_MISMATCH -> "this identity acts in another environment only";
      case OUTSIDE_TASK -> "name only tools and targets of your task, or open a task that has them";
      case OUTSIDE_WINDOW -> "ask again inside the client's window";
      case NO_TASK ->
          "open a task with remit_open_task, or name an open one in the argument remit_task";
      case NO_GROUND -> "a task stands on an open ticket that a person opened; name such a ticket";
      case LIMIT_EXCEEDED ->
          "a limit is used up: of the task, its ticket, or of requests that wait for people; hand the"
              + " work to a person with remit_escalate";
      case TOOL_CHANGED -> "the tool is not as it was accepted; the operator must look at it first";
      case SCOPE_TRUTH_NONE -> "this connector cannot hold the line between clients";
      case CONNECTOR_UNVERIFIED ->
          "the connection to this system failed its last check; try again later, or tell the operator";
      case SECRET_IN_ARGUMENTS -> "take the secret out of the arguments";
      case IDENTITY_EXPIRED -> "get a fresh token and call again";
      case AGENT_NOT_ACTIVE ->
          "this agent may not work until its owner has it launched; do not try again";
      case KILLED -> "work was stopped by a person; do not try again";
      case HELD -> "work is held by a person; ask the task's state now and then, and wait";
      case APPROVAL_INSUFFICIENT, APPROVAL_STALE ->
          "the approval does not cover this call as it stands; call the tool again to ask anew";
      case POLICY_UNAVAILABLE, INVENTORY_UNAVAILABLE, EVIDENCE_UNAVAILABLE, VENDOR_UNAVAILABLE ->
          "nothing was sent; try again later";
    };
  }
}
