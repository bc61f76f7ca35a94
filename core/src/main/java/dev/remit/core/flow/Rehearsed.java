package dev.remit.core.flow;

import dev.remit.core.decision.Decision;
import dev.remit.core.decision.ReasonCode;

/** What came of a rehearsal. */
public sealed interface Rehearsed {

  /** The task would be opened. */
  record Opened() implements Rehearsed {}

  /** Policy was asked, and said this. */
  record Decided(Decision decision) implements Rehearsed {}

  /** A check refused before policy was asked. */
  record Refused(ReasonCode reason) implements Rehearsed {}

  /** The caller has no such tool. */
  record UnknownTool() implements Rehearsed {}

  /** The arguments are not of the tool's schema. */
  record InvalidArguments(String words) implements Rehearsed {}
}
