package dev.remit.core.decision;

import java.util.Locale;

/**
 * Why a call was refused: a closed list. Evidence holds the true code; agents hear {@link
 * #agentCode}.
 */
public enum ReasonCode {
  NO_PERMIT,
  GUARDRAIL,
  TENANT_MISMATCH,
  TENANT_UNKNOWN,
  TARGET_UNKNOWN,
  TARGET_STALE,
  TARGET_AMBIGUOUS,
  ENVIRONMENT_MISMATCH,
  OUTSIDE_TASK,
  OUTSIDE_WINDOW,
  NO_TASK,
  NO_GROUND,
  LIMIT_EXCEEDED,
  TOOL_CHANGED,
  SCOPE_TRUTH_NONE,
  CONNECTOR_UNVERIFIED,
  SECRET_IN_ARGUMENTS,
  IDENTITY_EXPIRED,
  KILLED,
  HELD,
  AGENT_NOT_ACTIVE,
  APPROVAL_INSUFFICIENT,
  APPROVAL_STALE,
  POLICY_ERROR,
  POLICY_UNAVAILABLE,
  INVENTORY_UNAVAILABLE,
  EVIDENCE_UNAVAILABLE,
  VENDOR_UNAVAILABLE;

  /** The form in entries and documentation, such as {@code tenant-mismatch}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * What an agent hears: foreign, unknown, ambiguous and stale targets sound alike, so that no
   * answer tells whether another client has such a target.
   */
  public String agentCode() {
    return switch (this) {
      case TENANT_MISMATCH, TENANT_UNKNOWN, TARGET_UNKNOWN, TARGET_STALE, TARGET_AMBIGUOUS ->
          "target-not-available";
      case NO_PERMIT, GUARDRAIL, POLICY_ERROR -> "not-permitted";
      case ENVIRONMENT_MISMATCH,
          OUTSIDE_TASK,
          OUTSIDE_WINDOW,
          NO_TASK,
          NO_GROUND,
          LIMIT_EXCEEDED,
          TOOL_CHANGED,
          SCOPE_TRUTH_NONE,
          CONNECTOR_UNVERIFIED,
          SECRET_IN_ARGUMENTS,
          IDENTITY_EXPIRED,
          KILLED,
          HELD,
          AGENT_NOT_ACTIVE,
          APPROVAL_INSUFFICIENT,
          APPROVAL_STALE,
          POLICY_UNAVAILABLE,
          INVENTORY_UNAVAILABLE,
          EVIDENCE_UNAVAILABLE,
          VENDOR_UNAVAILABLE ->
          code();
    };
  }
}
