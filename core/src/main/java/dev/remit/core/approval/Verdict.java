package dev.remit.core.approval;

/** What a person says to a proposal. */
public enum Verdict {
  GRANT,
  REFUSE
}
